import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Command, Report } from '../protocol.ts';

/** The channel beside input, output and errors: whatever a library prints disturbs nothing there. */
const REPORTS = 3;

export interface Lines {
  report(report: Report): void;
  /** @param ended the service is gone, or wants no more */
  listen(heard: (command: Command) => void, ended: () => void): void;
}

export function openLines(): Lines {
  const out = new Socket({ fd: REPORTS, readable: false, writable: true });
  // Who listened is gone: nobody is left to be told.
  out.on('error', () => process.exit(1));
  return {
    report: (report) => void out.write(`${JSON.stringify(report)}\n`),
    listen(heard, ended) {
      const lines = createInterface({ input: process.stdin });
      lines.on('line', (line) => heard(JSON.parse(line) as Command));
      lines.on('close', ended);
    },
  };
}
