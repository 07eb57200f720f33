import type { House } from '../../bot/house.ts';
import { openRate } from '../../bot/limits/rate.ts';
import { personVisiting } from '../../bot/page/visiting.ts';
import type { Endpoint } from '../../bot/platform.ts';
import { cookieIn } from '../page/cookie.ts';
import { tooManyOfYours } from './wait-answer.ts';

const MINUTE_MS = 60_000;

/** Holds back whoever asks too much of these pages, from whatever addresses and with however many visits; nobody else. */
export function limitedByVisitor(house: House): (endpoint: Endpoint) => Endpoint {
  const rate = openRate({ most: house.store.rules.limits.pagesPerMinute, withinMs: MINUTE_MS });
  return (endpoint) => ({
    ...endpoint,
    async handle(request) {
      const { headers } = request;
      const personId = await personVisiting(house, cookieIn(headers));
      const waitMs = personId === undefined ? undefined : await rate.take(personId);
      return waitMs === undefined ? endpoint.handle(request) : tooManyOfYours(one(headers.accept), waitMs);
    },
  });
}

const one = (header: string | string[] | undefined): string | undefined => [header].flat()[0];
