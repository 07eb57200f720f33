import { type Logger, pino } from 'pino';

export type LogLine = { level: number } & Record<string, unknown>;

/** A log that keeps what it is told from that level on. */
export function keptLog(level: 'trace' | 'debug' | 'info'): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  return { lines, log: pino({ level }, { write: (line) => void lines.push(JSON.parse(line)) }) };
}
