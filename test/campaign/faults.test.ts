import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { seenIn } from '../../campaign/faults/at-work.ts';
import type { Fault, Seen } from '../../campaign/faults/define.ts';
import { faults } from '../../campaign/faults/index.ts';
import { areKept, runFaults } from '../../campaign/faults/run-faults.ts';
import { faultsJson, faultsTable } from '../../campaign/faults/table.ts';
import { Journal } from '../../campaign/journal.ts';
import type { ServiceRecord } from '../../campaign/record.ts';

const PERSON = 'a';
const MESSAGE = `${PERSON}:1`;
const REPLY = `reply:local:${MESSAGE}`;

/** What a service leaves that was told one thing and answered it. */
const record = (): ServiceRecord => ({
  settled: new Map([[`local:${MESSAGE}`, {}]]),
  inbox: 0,
  outbox: [{ id: 'o1', key: REPLY, state: 'sent' }],
  windows: new Map([
    [MESSAGE, { fromBot: false, said: '帮助' }],
    ['o1', { fromBot: true, said: '示例' }],
  ]),
  steps: [],
  chain: { records: 1, problems: [] },
});

function journal(): Journal {
  const told = new Journal();
  told.said.push({ messageId: MESSAGE, person: PERSON, text: '帮助', acknowledged: true });
  return told;
}

const faultThat = (inject: Fault['inject']): Fault => ({
  name: 'made-up',
  promised: 'Nothing is lost.',
  inject,
});
const quietly = { seed: 7, say: () => undefined };
const seenOf = async (seen: Seen) => runFaults([faultThat(async () => seen)], quietly);

it('a promise that was kept is told as kept', async () => {
  const outcomes = await seenOf(seenIn(journal(), record(), {}));
  expect(areKept(outcomes)).toBe(true);
  expect(faultsTable(outcomes)).toMatch(/^KEPT {5}made-up/);
});

it.each<[string, (left: ServiceRecord) => void, Partial<Seen>]>([
  ['lost', ({ outbox }) => outbox.splice(0), { lost: 1 }],
  ['sent twice', ({ windows }) => windows.set('o2', { fromBot: true, said: '示例' }), { twice: 1 }],
  ['answered twice', ({ outbox }) => outbox.push({ id: 'o1', key: REPLY, state: 'sent' }), { twice: 1 }],
  ['out of the chain', ({ chain }) => chain.problems.push('Record 1: its bytes'), { chainHolds: false }],
])('a service that leaves something %s is reported, whatever it says itself', async (_, spoil, seen) => {
  const left = record();
  spoil(left);
  const outcomes = await seenOf(seenIn(journal(), left, {}));
  expect(outcomes[0]?.seen).toMatchObject(seen);
  expect(areKept(outcomes)).toBe(false);
  expect(faultsTable(outcomes)).toMatch(/^BROKEN {3}made-up[\s\S]+ broken {4}/);
  expect(JSON.parse(faultsJson(outcomes))).toMatchObject([{ name: 'made-up', isKept: false }]);
});

it('a fault that cannot be seen to the end counts as a broken promise, and one that cannot be brought about does not', async () => {
  const folders: string[] = [];
  const stuck = faultThat(async ({ folder }) => {
    folders.push(folder);
    throw new Error('the program did not get ready');
  });
  const said: string[] = [];
  const broken = await runFaults([stuck], { ...quietly, say: (sentence) => void said.push(sentence) });
  expect(areKept(broken)).toBe(false);
  expect(faultsTable(broken)).toContain('the program did not get ready');
  const [left = ''] = folders;
  expect(existsSync(left)).toBe(true);
  expect(said.join()).toContain(left);
  await rm(left, { recursive: true });
  const unable = faultThat(async ({ folder }) => {
    folders.push(folder);
    return { skipped: 'no disk' };
  });
  const skipped = await runFaults([unable], quietly);
  expect(existsSync(folders[1] ?? '')).toBe(false);
  expect(areKept(skipped)).toBe(true);
  expect(faultsTable(skipped)).toMatch(/^SKIPPED {2}made-up .*: no disk/);
});

it('each fault has a name of its own and says what is promised', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  for (const { promised } of faults) expect(promised).toMatch(/\.$/);
});
