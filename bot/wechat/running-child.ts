import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LONGEST_LINE } from './child/longest.ts';
import { type Command, type Report, reportSchema } from './protocol.ts';

/** A process in which wechaty runs. */
export interface RunningChild {
  /** @returns false where too much waits already: it does not listen any more */
  tell(command: Command): boolean;
  /** Asks it to leave by itself. */
  dismiss(): void;
  kill(): void;
}

export interface ChildHearing {
  heard(report: Report): void;
  /** It wrote what it must not: too much, or what nobody understands. It is to be killed. */
  misbehaved(how: string): void;
  /** It is gone; called once. @param said what it wrote to its error output before anything was loaded, for operators */
  ended(how: string, said: string): void;
}

export type StartChild = (hearing: ChildHearing) => RunningChild;

export interface ChildSettings {
  puppet: string;
  /** What the puppet needs, such as a token: all of the environment that the child gets. */
  variables: Readonly<Record<string, string>>;
}

const CHILD = new URL('./child/', import.meta.url);
const PACKAGES = new URL('../../node_modules/', import.meta.url);
/** Megabytes: a puppet that keeps everything it ever saw ends here, and is started anew. */
const MEMORY = 512;
/** Bytes that may wait for the child to read them; a file of 20 MB fits. */
const MOST_WAITING = 64 * 1024 * 1024;
const SAID = 2000;

/**
 * Starts the child: without the service's environment, without a right to read anything but its own code and packages, to write
 * anything, to start programs or to load native code.
 */
export const startChild =
  ({ puppet, variables }: ChildSettings): StartChild =>
  (hearing) => {
    const folders = [CHILD, PACKAGES].map((folder) => fileURLToPath(folder));
    const readable = withRealPaths(isAbsolute(puppet) ? [...folders, `${dirname(puppet)}/`] : folders);
    const args = [
      '--permission',
      ...readable.map((folder) => `--allow-fs-read=${folder}`),
      `--max-old-space-size=${MEMORY}`,
      fileURLToPath(new URL('child.ts', CHILD)),
    ];
    const process_ = spawn(process.execPath, args, {
      cwd: fileURLToPath(CHILD),
      env: { ...variables },
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    });
    return listenTo(process_, hearing);
  };

/** Where a folder is a link, what is read stands elsewhere, and the right to read the link is none to read that. */
export const withRealPaths = (folders: readonly string[]): string[] => [
  ...new Set(folders.flatMap((folder) => [folder, `${realOf(folder)}/`])),
];

function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder.replace(/\/$/u, '');
  }
}

function listenTo(child: ChildProcess, hearing: ChildHearing): RunningChild {
  let said = '';
  let isLoaded = false;
  let isOver = false;
  const end = (how: string) => {
    if (isOver) return;
    isOver = true;
    hearing.ended(how, said.trim());
  };
  child.on('error', (fault) => end(fault.message));
  child.on('exit', (code, signal) => end(signal ? `killed by ${signal}` : `left with code ${code}`));
  child.stderr?.on('data', (chunk: Buffer) => {
    // Later it may be about people.
    if (!isLoaded) said = (said + chunk.toString('utf8')).slice(-SAID);
  });
  const reports = child.stdio[3];
  if (!reports || !('on' in reports) || !child.stdin) throw new Error('The child has no channels');
  const { stdin } = child;
  // It left while something was on its way to it: its end is told.
  stdin.on('error', () => undefined);
  reports.on('error', () => undefined);
  const read = openReading((line) => {
    if (isOver) return;
    const report = understood(line);
    if (report?.kind === 'loaded') isLoaded = true;
    if (report) hearing.heard(report);
    else hearing.misbehaved('it said what nobody understands');
  });
  reports.on('data', (chunk: Buffer) => {
    if (!isOver && !read(chunk)) hearing.misbehaved('it said a line without an end');
  });
  return {
    tell(command) {
      if (isOver || stdin.writableLength > MOST_WAITING) return false;
      stdin.write(`${JSON.stringify(command)}\n`);
      return true;
    },
    dismiss: () => void stdin.end(),
    kill() {
      child.kill('SIGKILL');
      // What it still wrote would be read until there is an end to it.
      if ('destroy' in reports) reports.destroy();
    },
  };
}

function understood(line: string): Report | undefined {
  try {
    return reportSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Puts lines together. @returns takes the next bytes; false: a line is longer than any may be */
export function openReading(heard: (line: string) => void): (chunk: Buffer) => boolean {
  let begun: Buffer[] = [];
  let length = 0;
  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, end)]);
      begun = [];
      length = 0;
      from = end + 1;
      if (line.length > LONGEST_LINE) return false;
      heard(line.toString('utf8'));
    }
    begun.push(chunk.subarray(from));
    length += chunk.length - from;
    return length <= LONGEST_LINE;
  };
}
