import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Told, Used, Wanted } from './months-child.ts';
import { FLAGS } from './running-program.ts';

const CHILD = fileURLToPath(new URL('months-child.ts', import.meta.url));

/** The service in a process of its own, whose clock begins where the campaign says. */
export class MonthsProgram {
  readonly address: string;
  /** What it logged as a warning or worse, and what it wrote to stderr. */
  readonly faults: string[];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string, faults: string[]) {
    this.#child = child;
    this.address = address;
    this.faults = faults;
  }

  /** @throws Error when it ends before it serves */
  static async start(variables: Readonly<Record<string, string>>, began: Date): Promise<MonthsProgram> {
    const child = fork(CHILD, [began.toISOString()], {
      env: { ...variables },
      // It can be told to collect its garbage.
      execArgv: [...FLAGS, '--expose-gc'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const faults: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => faults.push(line));
    const told = await Promise.race([heard(child), once(child, 'exit').then(() => undefined)]);
    if (!told || !('address' in told))
      throw new Error(`The program did not start: ${faults.slice(-3).join(' | ')}`);
    return new MonthsProgram(child, told.address, faults);
  }

  /** What it holds once its garbage is collected, and how much it has worked since it began. */
  async used(): Promise<Used> {
    const told = await this.#ask('used');
    if (!('used' in told)) throw new Error('The program did not say what it uses');
    return told.used;
  }

  /** Asks it to stop and waits for its end. */
  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    await this.#ask('stop');
    await ended;
  }

  /** Kills it if it still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #ask(wanted: Wanted): Promise<Told> {
    const answer = heard(this.#child);
    this.#child.send(wanted);
    return answer;
  }
}

async function heard(child: ChildProcess): Promise<Told> {
  const [told] = (await once(child, 'message')) as [Told];
  return told;
}
