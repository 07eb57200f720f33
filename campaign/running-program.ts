import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WITHIN_MS = 90_000;
/** As `npm start` gives them. */
export const FLAGS = [
  '--min-semi-space-size=8',
  '--max-semi-space-size=8',
  '--max-old-space-size=1024',
  '--use-largepages=silent',
] as const;
/** pino's number for an error; a warning has 40. */
const ERROR = 50;

/** Where Node keeps what it compiled, if it is told to: the next life loads the program in half the time. */
const { NODE_COMPILE_CACHE } = process.env;
const COMPILED = NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {};

/** The program's whole environment, but for where Node keeps what it compiled. */
export type Variables = Readonly<Record<string, string>> & {
  readonly PORT: string;
  readonly DATA_DIR: string;
};

/** How the program ended when it was asked to stop. */
export interface Ending {
  code: number | null;
  tookMs: number;
}

export interface RunningOptions {
  /** What Node is told, such as `--max-old-space-size=64`. */
  readonly node?: readonly string[];
  /** Whether it is started again when it ends by itself, as a service manager would. */
  readonly revives?: boolean;
}

/** The real program in a process of its own, which can be killed and started again on the same data. */
export class RunningProgram {
  readonly variables: Variables;
  readonly address: string;
  /** What the program logged as an error, and what it wrote to stderr, over all its lives. */
  readonly faults: string[] = [];
  /** Everything that it wrote, over all its lives. */
  readonly log: string[] = [];
  /** How often it ended by itself and was started again. */
  revived = 0;
  readonly #options: RunningOptions;
  #child: ChildProcess | undefined;
  #startedAt = 0;

  constructor(variables: Variables, options: RunningOptions = {}) {
    this.variables = variables;
    this.#options = options;
    this.address = `http://127.0.0.1:${variables.PORT}`;
  }

  start(): void {
    this.#startedAt = performance.now();
    const child = spawn(process.execPath, [...FLAGS, ...(this.#options.node ?? []), 'main.ts'], {
      cwd: ROOT,
      env: { ...COMPILED, ...this.variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.log.push(line);
      if (isFault(line)) this.faults.push(line);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.log.push(line);
      this.faults.push(line);
    });
    this.#child = child;
    if (this.#options.revives) child.once('exit', () => this.#revive(child));
  }

  /** Waits until it ends by itself. @returns its exit code; null: a signal ended it */
  async ended(): Promise<number | null> {
    const child = this.#running();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    this.#child = undefined;
    return child.exitCode;
  }

  #revive(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.revived += 1;
    this.start();
  }

  /**
   * @returns after how many milliseconds it was ready
   * @throws Error when it ends, or is not ready within 90 s
   */
  async ready(): Promise<number> {
    await this.#until('get ready', () => isReady(this.address));
    return performance.now() - this.#startedAt;
  }

  /** Waits until there is such a file in its data folder. */
  async hasMade(file: string): Promise<void> {
    await this.#until(`make ${file}`, async () => existsSync(join(this.variables.DATA_DIR, file)));
  }

  async #until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const until = performance.now() + WITHIN_MS;
    while (performance.now() < until) {
      if (this.#running().exitCode !== null) break;
      if (await isSo()) return;
      await wait(10);
    }
    const said = this.faults.slice(-3).join(' | ') || 'it said nothing';
    throw new Error(`The program did not ${what}: ${said}`);
  }

  /** As a power cut would: nothing is finished and nothing is said. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to stop and waits for its end. */
  async stop(): Promise<Ending> {
    const begun = performance.now();
    const code = await this.#end('SIGTERM');
    return { code, tookMs: performance.now() - begun };
  }

  /** Kills it if it still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child) await this.kill();
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#running();
    this.#child = undefined;
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  #running(): ChildProcess {
    if (!this.#child) throw new Error('The program is not running');
    return this.#child;
  }
}

function isFault(line: string): boolean {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'level' in entry && Number(entry.level) >= ERROR;
  } catch {
    return false;
  }
}

const isReady = (address: string): Promise<boolean> =>
  fetch(`${address}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** A port on loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No port was given');
  return address.port;
}
