import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ActionAnswer, Inbound } from '../../bot/platform.ts';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import { verify } from '../../ledger/audit/verify.ts';
import { entriesFor } from '../../ledger/entry.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import { openStore } from '../../open-store.ts';
import { type Service, startService } from '../../start.ts';
import { START, tickingFrom } from '../bureau.ts';
import { runs } from '../chance.ts';
import { type Step, steps, WHOLE_STORY } from './replayed-steps.ts';
import { inbound, StandInPlatform } from './stand-in-platform.ts';

// Whatever comes in may come in again, as often as it likes and later than anything else: the ledger and all outgoing
// messages are as if each had come once. One exception is meant: an action that was refused had no effect, so that it
// may be tried again (bot/receive.ts); here it comes in again only before anything else does.

/** Enough for the forms that are opened here; what a form does not know, it leaves. */
const FILLED_IN = {
  text: '示例进展',
  summary: '示例完成情况',
  evidence: '示例佐证',
  happenedAt: '2026-11-23T08:30',
  channel: 'phone',
  intercessorName: '不详',
  intercessorKind: 'unknown',
  stage: 'review',
  circumstances: ['lobbying'],
  content: '示例：请求关照',
  reply: 'refused',
  promise: true,
};

/** Nothing happens at the very time of anything else: what changed after a card was written is told by that. */
const worldFrom = (start: string) => ({ now: tickingFrom(start), log: pino({ level: 'silent' }) });
const folders: string[] = [];
let prepared: string;

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-replay-'));
  folders.push(folder);
  return folder;
}

const environmentIn = (folder: string): Environment =>
  readEnvironment({ DATA_DIR: folder, PORT: '0', QINGLIAN_CONFIG: join(folder, 'rules.yaml') });

beforeAll(async () => {
  prepared = await newFolder();
  // A file comes in its own way; here 申请销号 goes without.
  await writeFile(join(prepared, 'rules.yaml'), 'rectification:\n  evidenceFiles: 0\n');
  const service = await startService(environmentIn(prepared), worldFrom(START));
  await service.stop();
});

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Plays the steps in a bureau of its own. @returns everything that came of them, without what is random */
async function outcomeOf(played: readonly Step[], replaying: boolean) {
  const folder = await newFolder();
  await cp(prepared, folder, { recursive: true });
  const environment = environmentIn(folder);
  const platform = new StandInPlatform();
  const service = await startService(environment, { ...worldFrom(START), platforms: [platform.setting] });
  const people = new Map(
    (
      (await (await fetch(`${service.address}/chat/api/people`)).json()) as { id: string; name: string }[]
    ).map(({ id, name }) => [name, id]),
  );
  const playing = { service, platform, people };
  const before: Delivered[] = [];
  for (const [index, step] of played.entries()) {
    const what = await asInbound(playing, step, index);
    before.push(await deliver(playing, what));
    if (replaying) await replay(playing, before, step.replays);
  }
  await service.idle();
  const sent = platform.shown.map(({ id: _, ...message }) => message);
  const calls = platform.calls.length;
  await service.stop();
  const plain = plainIn(people);
  return {
    sentTwice: calls - sent.length,
    // What somebody gets comes in the order of its lane: an answer need not wait behind a notice (decision 014).
    windows: Object.groupBy(sent.map(plain), (message) => {
      const { address, isAnswer } = JSON.parse(message);
      return `${address.externalId}, ${isAnswer ? 'answers' : 'notices'}`;
    }),
    answers: before.map(({ answer }) => plain(answer ?? {})),
    ...(await ledgerIn(environment, plain)),
  };
}

interface Playing {
  service: Service;
  platform: StandInPlatform;
  people: ReadonlyMap<string, string>;
}

async function asInbound(
  { service, platform, people }: Playing,
  step: Step,
  index: number,
): Promise<Inbound> {
  const account = people.get(step.person) ?? '';
  const { kind, group } = step;
  const at = new Date(Date.parse(START) + index);
  const what = { key: `stand-in:${index}`, account, at, ...(group && { group }) };
  if (kind === 'line') return inbound({ ...what, text: step.text });
  await service.idle();
  if (kind === 'button') return inbound({ ...what, kind: 'action', text: step.text });
  const form = platform.window(account).findLast((content) => content.kind === 'form');
  const text = form?.actions[0]?.action ?? '提交 没有表单';
  return inbound({ ...what, kind: kind === 'form by line' ? 'message' : 'action', text, form: FILLED_IN });
}

interface Delivered {
  inbound: Inbound;
  answer?: ActionAnswer;
}

/** A message is only stored now and settled some time; an action is carried out at once, after what was said before. */
async function deliver({ service, platform }: Playing, what: Inbound): Promise<Delivered> {
  if (what.kind === 'message') {
    await platform.receiver.message(what);
    return { inbound: what };
  }
  await service.idle();
  return { inbound: what, answer: await platform.receiver.action(what) };
}

async function replay(playing: Playing, before: readonly Delivered[], replays: number[]): Promise<void> {
  const again = replays.flatMap((nth) => before[nth % before.length] ?? []);
  await Promise.all(
    again.map(async (first) => {
      if (!first.answer) return deliver(playing, first.inbound);
      if (!isSettled(first.answer) && first !== before.at(-1)) return undefined;
      const answer = await playing.platform.receiver.action(first.inbound);
      expect(answer.toast).toBe(first.answer.toast);
      return undefined;
    }),
  );
}

const isSettled = ({ toast }: ActionAnswer): boolean => toast === undefined || /^(已|请填写)/u.test(toast);

type Plain = (value: unknown) => string;

/** As JSON, with names for persons and without what chance gave. */
function plainIn(people: ReadonlyMap<string, string>): Plain {
  const names = new Map([...people].map(([name, id]) => [id, name]));
  return (value) =>
    JSON.stringify(value)
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? '<id>')
      .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<time>')
      .replace(/\b[2-9A-Z]{4}-[2-9A-Z]{4}\b/g, '<ref>')
      .replace(/QL1\.[\w-]+/g, '<receipt>');
}

async function ledgerIn(environment: Environment, plain: Plain) {
  const store = await openStore(environment, ledgers);
  try {
    const { rows } = store.database;
    const entries = entriesFor(store, rows, 'bureau');
    const found = await Promise.all(
      (await entries.list({})).map(async (entry) => {
        const { id: _, sealed: _s, parentId: _p, ...row } = entry;
        const people = entry.people.map(({ part, personId }) => `${part} ${personId}`).sort();
        const { data, contents } = entries.read(entry);
        return plain({ ...row, people, data, contents, history: await entries.history(entry) });
      }),
    );
    const chain = await rows.auditRecord.findMany({ orderBy: { seq: 'asc' } });
    return {
      entries: found.sort(),
      chain: chain.map(({ actor, action }) => plain([actor, action])),
      problems: (await verify(rows)).problems,
      waiting: await rows.inbox.count(),
    };
  } finally {
    await store.database.close();
  }
}

it('replaying whatever came in gives the same ledger and the same outgoing messages', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (played) => {
      const [once, replayed] = await Promise.all([outcomeOf(played, false), outcomeOf(played, true)]);
      expect(replayed).toEqual(once);
      expect(once).toMatchObject({ sentTwice: 0, problems: [], waiting: 0 });
      changes += once.chain.filter((record) => /assign|sign|progress|intercession/.test(record)).length;
    }),
    { numRuns: runs(6), examples: [[WHOLE_STORY]] },
  );
  // Without changes to the ledger the replays would have had nothing to repeat.
  expect(changes).toBeGreaterThan(3);
});
