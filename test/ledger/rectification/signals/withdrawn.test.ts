import { describe, expect, it } from 'vitest';
import { itemData, type RectificationData } from '../../../../ledger/rectification/data.ts';
import type { Store } from '../../../../ledger/store.ts';
import { verifiedCopies } from '../../../fresh-record.ts';
import { assign, say } from '../../../jobs/at-work.ts';
import { giveEvidence } from '../give-evidence.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const DUE_ON = '2026-12-18';
const LAST_DAY = new Date(`${DUE_ON}T02:00:00Z`);
const SAID = '已修订差旅费管理办法并经局党组会审议通过，组织全体人员学习后印发执行。';

let store: Store;
verifiedCopies(AT, (copy) => {
  store = copy.store;
});

async function found(ref: string): Promise<string[]> {
  const { data } = await store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
  const { application } = itemData(data as RectificationData);
  return application?.signals?.map((signal) => signal.found) ?? [];
}

async function give(ref: string, responsible = ['方远山']): Promise<void> {
  await assign(store, ref, { responsible, dueOn: DUE_ON, at: AT });
  await giveEvidence(store, responsible[0] ?? '', ref, AT);
}

async function apply(ref: string, summary = '示例', name = '方远山', at = AT): Promise<string[]> {
  await say(store, name, ['申请销号', ref], at, { summary });
  return found(ref);
}

const withdraw = (ref: string, at = AT) => say(store, '方远山', ['撤回申请', ref], at);
const ALIKE = '完成情况与 Z1-1-2 的文字近乎相同（相似度 100%）';
const OF_BEFORE = `2026-11-23 申请、后撤回的一次：${ALIKE}`;

describe('what was found of a closing that was asked for and withdrawn', () => {
  it('is said of the next one, however often and by whom of the responsible it is asked for, until one is given back', async () => {
    await give('Z1-1-2', ['林砚秋']);
    await apply('Z1-1-2', SAID, '林砚秋');
    await give('Z1-1-1', ['方远山', '许星阑']);
    expect(await apply('Z1-1-1', SAID)).toEqual([ALIKE]);
    await withdraw('Z1-1-1');
    expect(await apply('Z1-1-1', '另一种说法')).toEqual([OF_BEFORE]);
    await withdraw('Z1-1-1');
    expect(await apply('Z1-1-1', '另一种说法', '许星阑')).toEqual([OF_BEFORE]);
    await say(store, '孟知行', ['退回', 'Z1-1-1'], AT, { reason: '示例' });
    expect(await apply('Z1-1-1', '另一种说法')).toEqual([]);
  });

  it('is said once where it is found again', async () => {
    await give('Z1-1-2', ['林砚秋']);
    await apply('Z1-1-2', SAID, '林砚秋');
    await give('Z1-1-1');
    await apply('Z1-1-1', SAID);
    await withdraw('Z1-1-1');
    expect(await apply('Z1-1-1', SAID)).toEqual([ALIKE]);
  });

  it('is not said of somebody who got the item from others', async () => {
    await give('Z1-1-2', ['林砚秋']);
    await apply('Z1-1-2', SAID, '林砚秋');
    await give('Z1-1-1');
    await apply('Z1-1-1', SAID);
    await withdraw('Z1-1-1');
    await assign(store, 'Z1-1-1', { responsible: ['许星阑'], dueOn: DUE_ON, at: AT });
    expect(await apply('Z1-1-1', '另一种说法', '许星阑')).toEqual([]);
  });

  it('on the last day counts as one that was asked for on it', async () => {
    for (const ref of ['Z1-1-1', 'Z1-1-2', 'Z1-2-1']) await give(ref);
    await apply('Z1-1-1', '甲', '方远山', LAST_DAY);
    await withdraw('Z1-1-1', LAST_DAY);
    await apply('Z1-1-2', '乙', '方远山', LAST_DAY);
    expect(await apply('Z1-2-1', '丙', '方远山', LAST_DAY)).toEqual([
      `责任科室在时限当日（${DUE_ON}）已有 3 项申请销号：Z1-1-1、Z1-1-2、Z1-2-1`,
    ]);
  });
});
