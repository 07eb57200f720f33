import { describe, expect, it } from 'vitest';
import type { Content } from '../../../ledger/message.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { readable } from '../../harness.ts';
import { assign, say } from '../../jobs/at-work.ts';
import { personNamed, takeMessages, takeStep } from '../../sample-record.ts';
import { apply, assignment, close } from './at-closing.ts';
import { giveEvidence } from './give-evidence.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REF = 'Z1-1-1';
const VOID = /^销号申请已作废\nZ1-1-1 .+\n事项已重新指派，原销号申请和已作的审核、复核不再有效/u;

let store: Store;

verifiedCopies(AT, (copy) => {
  store = copy.store;
});

/** Who is told what by the step. */
async function toldBy(name: string, word: string, values = {}): Promise<(readonly [string, Content])[]> {
  await takeStep(store, { person: await personNamed(store, name), word, ref: REF, at: AT, values });
  return (await takeMessages(store)).map(({ to, content }) => [to, content] as const);
}

const among = (told: readonly (readonly [string, Content])[], words: RegExp): string[] =>
  told.flatMap(([to, content]) => (words.test(readable(content)) ? [to] : [])).sort();

describe('an item that is given to others while its closing is decided on', () => {
  it('tells 责任领导 and applicant that 申请 and 审核 count no longer', async () => {
    await apply(store, REF, AT);
    await say(store, '孟知行', ['审核通过', REF], AT);
    const responsible = [(await personNamed(store, '许星阑')).id];
    const told = await toldBy(
      '程一禾',
      '指派',
      await assignment(store, { responsible, dueOn: '2027-02-26' }),
    );
    expect(among(told, VOID)).toEqual(['孟知行', '方远山'].sort());
  });

  it('tells nobody so where it stays with who has applied', async () => {
    await apply(store, REF, AT);
    const told = await toldBy('程一禾', '指派', await assignment(store, { dueOn: '2027-03-26' }));
    expect(told.map(([to]) => to)).toEqual(['方远山']);
    expect(among(told, VOID)).toEqual([]);
  });
});

describe('who decides on a closing', () => {
  it('is told the files that prove it, five by name, size and date', async () => {
    await assign(store, REF, { responsible: ['方远山'], dueOn: '2027-02-26', at: AT });
    for (let count = 0; count < 7; count += 1) await giveEvidence(store, '方远山', REF, AT);
    const files =
      /佐证文件 7 个：\n(?:\d\. 示例佐证\d+\.txt（1 KB，2026-11-23）\n){5}… 另有 2 个，请点「查看」/u;
    const asked = await toldBy('方远山', '申请销号', { summary: '示例', evidence: '示例' });
    expect(among(asked, files)).toEqual(['孟知行']);
    const reviewed = await toldBy('孟知行', '审核通过');
    expect(among(reviewed, files)).toEqual(['程一禾', '叶知秋'].sort());
  });
});

it('反弹 offers 补充佐证 to who does the work, not to the 责任领导', async () => {
  await close(store, REF, AT);
  const told = await toldBy('程一禾', '反弹', { how: 'visit', text: '示例', dueOn: '2027-01-29' });
  expect(told.map(([to]) => to).sort()).toEqual(['孟知行', '方远山'].sort());
  const offered = told.filter(([, content]) => JSON.stringify(content).includes(`补充佐证 ${REF}`));
  expect(offered.map(([to]) => to)).toEqual(['方远山']);
});
