import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { House } from '../bot/house.ts';
import { readEnvironment } from '../config/environment.ts';
import { handlersFor } from '../handlers/index.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { makePageLink, openPageLink } from '../ledger/page-link.ts';
import type { Store } from '../ledger/store.ts';
import { openStore } from '../open-store.ts';
import { tablePage } from '../web/page/ledger-endpoints.ts';
import { fillRounds } from './ledger-data.ts';
import type { Size } from './weekly-data.ts';

/** How long the house works on a page of the ledger, from the request to its markup. */
export interface LedgerPageFigures {
  entries: number;
  who: string;
  view: string;
  /** Asked for the first time, with nothing of it read before. */
  firstMs: number;
  /** Median of the times after. */
  medianMs: number;
  /** The page behind it. */
  nextMs: number;
}

const READERS = {
  督查员: 'person-000000',
  责任领导: 'person-000003',
  科室负责人: 'person-000051',
  责任人: 'person-000060',
};
const VIEWS = [
  '',
  'sort=due',
  'sort=changed&state=all',
  'due=overdue&sort=due',
  'group=department',
  'group=leader',
  'group=leader&state=all',
  'state=relapsed&group=leader',
  'person=示例3&group=leader',
  'text=第77项',
  'text=第77项&state=all&sort=due',
  'text=没有这样的&group=department&state=all',
  'category=lasting&state=all',
];
const AGAIN = 5;
const NOW = new Date('2026-11-23T01:00:00Z');

export async function measureLedgerPage(size: Size): Promise<LedgerPageFigures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-bench-'));
  const environment = readEnvironment({ DATA_DIR: folder, QINGLIAN_CONFIG: join(folder, 'none.yaml') });
  const store = await openStore(environment, ledgers);
  try {
    await fillRounds(store, size);
    return await measureViews(houseOn(store), size.entries);
  } finally {
    await store.database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const houseOn = (store: Store): House => ({
  store,
  handlers: handlersFor(store.ledgers),
  platforms: [],
  now: () => NOW,
  log: pino({ level: 'silent' }),
  pagesAt: () => 'http://127.0.0.1',
  wake: () => undefined,
});

async function measureViews(house: House, entries: number): Promise<LedgerPageFigures[]> {
  const measured: LedgerPageFigures[] = [];
  for (const [who, personId] of Object.entries(READERS)) {
    const { cookie, key } = await visit(house.store, personId);
    const ask = (query: string) => timed(house, cookie, `k=${key}&${query}`);
    for (const view of VIEWS) {
      const first = await ask(view);
      const again: number[] = [];
      for (let round = 0; round < AGAIN; round++) again.push((await ask(view)).ms);
      const next = first.next === undefined ? { ms: 0 } : await timed(house, cookie, first.next);
      const medianMs = again.sort((one, other) => one - other)[Math.floor(AGAIN / 2)] ?? 0;
      measured.push({ entries, who, view: view || '(first)', firstMs: first.ms, medianMs, nextMs: next.ms });
    }
  }
  return measured;
}

/** A browser in which the person has opened the page. */
async function visit(
  { database, ...store }: Store,
  personId: string,
): Promise<{ cookie: string; key: string }> {
  const holder = { personId, platform: 'bench', externalId: personId };
  return database.write(async (rows) => {
    await rows.account.create({ data: holder });
    const whole = { database, ...store };
    const link = await makePageLink(whole, rows, { holder, subject: { kind: 'items' }, at: NOW });
    const opening = await openPageLink(whole, rows, { ...link, at: NOW, isTheirs: async () => true });
    const key = opening?.visit.opened[0]?.key;
    if (!opening || key === undefined) throw new Error('The link did not open');
    return { cookie: opening.cookie, key };
  });
}

/** @throws Error where the page is none, so that no refusal is taken for a quick answer */
async function timed(house: House, cookie: string, query: string): Promise<{ ms: number; next?: string }> {
  const began = performance.now();
  const headers = { cookie: `qinglian-page=${cookie}` };
  const { body } = await tablePage(house, {
    headers,
    query: new URLSearchParams(query),
    body: Buffer.alloc(0),
  });
  const ms = performance.now() - began;
  const markup = String(body);
  if (!markup.includes('class="filter')) throw new Error(`No table at ${query}`);
  const next = /href="\/p\/items\?([^"]+)">(?:下一页|继续往后找)/u
    .exec(markup)?.[1]
    ?.replaceAll('&amp;', '&');
  return { ms, ...(next !== undefined && { next }) };
}
