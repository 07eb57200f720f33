import { describe, expect, it } from 'vitest';
import { readFile } from '../../../ledger/attachment.ts';
import { verify } from '../../../ledger/audit/verify.ts';
import { situationOf } from '../../../ledger/move.ts';
import { operate } from '../../../ledger/operation.ts';
import { itemData, type RectificationData } from '../../../ledger/rectification/data.ts';
import type { Store } from '../../../ledger/store.ts';
import { freshCopies } from '../../fresh-record.ts';
import { assign, say } from '../../jobs/at-work.ts';
import { personNamed, takeStep, waitingMessages } from '../../sample-record.ts';
import { apply, close } from './at-closing.ts';
import { giveEvidence } from './give-evidence.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REF = 'Z1-1-1';

let store: Store;
freshCopies(AT, (copy) => {
  store = copy.store;
});

const entryOf = (ref: string) => store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
const filesOf = async (ref: string) => itemData((await entryOf(ref)).data as RectificationData).files ?? [];
const give = (ref = REF) => assign(store, ref, { responsible: ['方远山'], dueOn: '2026-12-31', at: AT });
const problems = async () => (await verify(store.database.rows, [], store.keys)).problems;

async function headingsFor(name: string, ref: string): Promise<(string | undefined)[]> {
  const person = await personNamed(store, name);
  return operate(store, { actor: person, at: AT }, async (operation) => {
    const entry = await operation.entries.get(ref);
    const sections = operation.entries.ledgerOf(entry).describe(situationOf(operation, person, entry));
    return sections.map(({ heading }) => heading);
  });
}

describe('evidence of an item', () => {
  it('is named in its open data, opens as it came, has its mark, and nobody is told of it', async () => {
    await give();
    const bytes = Buffer.from('示例：青玉案会议纪要。\n');
    const id = await giveEvidence(store, '方远山', REF, AT, { name: '纪要.txt', bytes });
    expect(await filesOf(REF)).toMatchObject([{ id, name: '纪要.txt', size: bytes.length }]);
    expect(Buffer.from((await readFile(store, store.database.rows, id)).bytes).equals(bytes)).toBe(true);
    const row = await store.database.rows.attachment.findUniqueOrThrow({
      where: { id },
      include: { body: true },
    });
    expect(row.mark).toMatch(/^[\w-]{43}$/u);
    expect(Buffer.concat(row.body.map((piece) => piece.bytes)).includes(bytes)).toBe(false);
    expect(await waitingMessages(store)).toEqual([]);
    expect(await problems()).toEqual([]);
  });

  it('is brought by those who do the work, while they do it', async () => {
    await give();
    for (const name of ['孟知行', '程一禾', '唐文澜'])
      await expect(giveEvidence(store, name, REF, AT), name).rejects.toMatchObject({
        code: 'not-permitted',
        message: `「补充佐证 ${REF}」由责任人、协办办理，您不在其中。`,
      });
    await apply(store, 'Z1-1-2', AT);
    await expect(giveEvidence(store, '方远山', 'Z1-1-2', AT)).rejects.toMatchObject({
      code: 'wrong-state',
      message: 'Z1-1-2 现为「待责任领导审核」，不能再补充佐证。需要补充的，请先撤回申请，或请责任领导退回。',
    });
    await say(store, '孟知行', ['退回', 'Z1-1-2'], AT, { reason: '示例' });
    await giveEvidence(store, '方远山', 'Z1-1-2', AT);
    expect(await filesOf('Z1-1-2')).toHaveLength(2);
  });

  it('of before a relapse stands apart, and the same file brought again does not count', async () => {
    await give();
    const before = { name: '旧.txt', bytes: Buffer.from('示例旧件\n') };
    await giveEvidence(store, '方远山', REF, AT, before);
    await close(store, REF, AT);
    const [later, then] = [new Date('2027-01-11T02:00:00Z'), new Date('2027-01-12T02:00:00Z')];
    const person = await personNamed(store, '程一禾');
    const values = { how: 'visit', text: '示例', dueOn: '2027-03-31' };
    await takeStep(store, { person, word: '反弹', ref: REF, at: later, values });
    await giveEvidence(store, '方远山', REF, then, before);
    expect(await headingsFor('程一禾', REF)).toContain('反弹前的佐证文件（2 个）');
    expect(await headingsFor('程一禾', REF)).not.toContain('佐证文件（1 个）');
    await giveEvidence(store, '方远山', REF, then);
    expect(await headingsFor('程一禾', REF)).toEqual(
      expect.arrayContaining(['佐证文件（1 个）', '反弹前的佐证文件（2 个）']),
    );
  });

  it('that was removed, or stands under the item unnamed, is found by verify', async () => {
    await give();
    const id = await giveEvidence(store, '方远山', REF, AT);
    const other = await giveEvidence(store, '方远山', REF, AT);
    await store.database.rows.attachment.delete({ where: { id } });
    expect(await problems()).toEqual([`File 1 of entry ${REF} is missing`]);
    const { id: entryId } = await entryOf('Z1-1-2');
    await store.database.rows.attachment.update({ where: { id: other }, data: { entryId } });
    expect(await problems()).toEqual(
      expect.arrayContaining([`Entry Z1-1-2 has 1 file(s) that it does not name`]),
    );
  });
});

describe('what proves a closing', () => {
  const ask = async (values: Record<string, string>) =>
    takeStep(store, {
      person: await personNamed(store, '方远山'),
      ...{ word: '申请销号', ref: REF, at: AT, values },
    });

  it('needs no words beside the files; where some are said, they are kept', async () => {
    await give();
    await giveEvidence(store, '方远山', REF, AT);
    await ask({ summary: '示例' });
    const { application } = itemData((await entryOf(REF)).data as RectificationData);
    expect(application).not.toHaveProperty('evidence');
    await say(store, '孟知行', ['退回', REF], AT, { reason: '示例' });
    await ask({ summary: '示例', evidence: '示例文件〔2026〕12号' });
    expect((await entryOf(REF)).data).toMatchObject({ application: { evidence: '示例文件〔2026〕12号' } });
  });

  it('is said in words where the bureau asks for no file and there is none', async () => {
    await give();
    store.rules.rectification.evidenceFiles = 0;
    await expect(ask({ summary: '示例' })).rejects.toMatchObject({
      code: 'invalid-input',
      fields: { evidence: '没有佐证文件的，请写明佐证' },
    });
    await ask({ summary: '示例', evidence: '纸质档案第 3 卷（示例）' });
    store.rules.rectification.evidenceFiles = 1;
    expect(await entryOf(REF)).toMatchObject({ state: 'applied' });
  });
});
