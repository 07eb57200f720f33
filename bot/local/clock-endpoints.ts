import * as z from 'zod';
import { Refusal } from '../../ledger/refusal.ts';
import type { Store } from '../../ledger/store.ts';
import type { Endpoint } from '../platform.ts';
import { json, readJson } from './reply.ts';

/** What a moved clock has to do with the rest of the house. */
export interface MovableClock {
  now(): Date;
  /** Moves the clock and runs, in order, every job that becomes due on the way. */
  advance(to: Date): Promise<Ran[]>;
}

/** A job that ran while the clock was moved. */
export interface Ran {
  job: string;
  at: Date;
  /** Messages that it put in line. */
  messages: number;
}

/** One move goes no further than this. */
const MAX_DAYS = 800;
const DAY_MS = 86_400_000;

const moveSchema = z.object({
  to: z.iso.datetime({ offset: true, error: '应为带时区的时刻，如 2026-11-23T09:30:00+08:00' }),
});

export const clockEndpoints = (store: Store, clock: MovableClock): Endpoint[] => [
  { method: 'GET', path: '/chat/api/clock', handle: async () => json(reading(store, clock.now())) },
  {
    method: 'POST',
    path: '/chat/api/clock',
    async handle(request) {
      const to = new Date(readJson(request, moveSchema).to);
      const now = clock.now();
      if (to < now) {
        throw new Refusal('invalid-input', `时钟只能向前拨，现在是 ${store.calendar.display(now)}。`);
      }
      if (to.getTime() - now.getTime() > MAX_DAYS * DAY_MS) {
        throw new Refusal('invalid-input', `一次最多拨快 ${MAX_DAYS} 天。`);
      }
      const ran = await clock.advance(to);
      return json({ ...reading(store, clock.now()), ran: ran.filter(({ messages }) => messages > 0) });
    },
  },
];

function reading({ calendar }: Store, now: Date) {
  const today = calendar.dateOf(now);
  const monday = calendar.addDays(calendar.mondayOf(today), 7);
  const presets = [
    { label: '明天 09:00', on: calendar.addDays(today, 1), time: '09:00' },
    { label: '本周五 15:00', on: calendar.addDays(monday, -3), time: '15:00' },
    { label: '下周一 09:30', on: monday, time: '09:30' },
    { label: '一个月后 09:00', on: calendar.addMonths(today, 1), time: '09:00' },
  ].map(({ label, on, time }) => ({ label, to: calendar.instantOf(on, time) }));
  return {
    now,
    timeZone: calendar.timeZone,
    display: calendar.display(now),
    presets: presets.filter(({ to }) => to > now),
  };
}
