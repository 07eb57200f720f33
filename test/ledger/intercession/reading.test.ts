import { describe, expect, it } from 'vitest';
import { readable } from '../../../bot/local/chat-client.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';
import { type AskHouse, houseOf } from './house-of-sample.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const DAY_MS = 86_400_000;
const later = (days: number) => new Date(AT.getTime() + days * DAY_MS);
const CONTENT = '来电请求照顾示例项目。';

let record: SampleRecord;
let ask: AskHouse;
let ref: string;

verifiedCopies(AT, async (copy) => {
  record = copy;
  ask = houseOf(copy.store);
  ref = await fileReport(copy.store, await personNamed(copy.store, '林砚秋'), AT, { content: CONTENT });
});

const says = async (name: string, words: string, at = AT): Promise<string> => {
  const content = await ask(await personNamed(record.store, name), words, at);
  return content ? readable(content) : '';
};
const step = async (name: string, word: string, at = AT, values = {}) =>
  takeStep(record.store, { person: await personNamed(record.store, name), word, ref, at, values });
const readings = async () => {
  const { store } = record;
  const found = await entriesFor(store, store.database.rows, 'bureau').readings(ref);
  return found.readings.length;
};

describe('reading a sealed record', () => {
  it('is recorded before it is shown, once a day for each version, and changes nothing', async () => {
    const before = await record.store.database.rows.entry.findUnique({ where: { ref } });
    expect(await says('姜明澈', `查看 ${ref}`)).toContain(CONTENT);
    expect(await says('姜明澈', ref)).toContain(CONTENT);
    expect(await readings()).toBe(1);
    expect(await record.store.database.rows.entry.findUnique({ where: { ref } })).toEqual(before);
    await says('唐文澜', `查看 ${ref}`);
    await says('姜明澈', `查看 ${ref}`, later(1));
    expect(await readings()).toBe(3);
    await step('姜明澈', '受理');
    await says('姜明澈', `查看 ${ref}`, later(1));
    expect(await readings()).toBe(4);
  });

  it('is not recorded of who filed it, nor of who sees no more than number and state', async () => {
    expect(await says('林砚秋', `查看 ${ref}`)).toContain(CONTENT);
    await says('姜明澈', '台账');
    await says('石清扬', `查看 ${ref}`);
    expect(await readings()).toBe(0);
  });

  it('stands in no history, and is shown to officers and to the 审计员 who see who read', async () => {
    await says('姜明澈', `查看 ${ref}`);
    expect(await says('林砚秋', `查看 ${ref}`)).not.toContain('姜明澈');
    for (const name of ['唐文澜', '沈若谷'])
      expect(await says(name, `查阅记录 ${ref}`), name).toMatch(/查阅记录（1 次）\n.*\n.* 姜明澈/u);
    expect(await says('沈若谷', `查看 ${ref}`)).toContain('没有找到编号');
    expect(await says('石清扬', `查阅记录 ${ref}`)).toContain('没有「查阅记录」的权限');
  });

  it('does not make good what was changed behind the chain', async () => {
    const { rows } = record.store.database;
    await rows.entry.update({ where: { ref }, data: { title: '另一件事' } });
    expect(await says('姜明澈', `查看 ${ref}`)).toContain(CONTENT);
    expect(await says('姜明澈', `核验 ${ref}`)).toContain('与存证不一致');
    await rows.entry.update({ where: { ref }, data: { title: '说情打招呼记录' } });
  });
});

describe('an archived record', () => {
  const archive = async () => {
    await step('姜明澈', '备查');
    await step('姜明澈', '归档');
    await takeMessages(record.store);
  };

  it('shows officers number and state, and who filed it everything', async () => {
    await archive();
    const shown = await says('姜明澈', `查看 ${ref}`);
    expect(shown).toContain('已归档，内容封存');
    expect(shown).not.toContain(CONTENT);
    expect(await says('林砚秋', `查看 ${ref}`)).toContain(CONTENT);
    expect(await readings()).toBe(0);
  });

  it('is opened to the officer who gave a reason, by a second person, for seven days', async () => {
    await archive();
    await step('姜明澈', '申请解封', AT, { reason: '信访复查示例' });
    expect((await takeMessages(record.store)).map(({ to }) => to).sort()).toEqual(
      ['唐文澜', '郑怀瑾', '田守正'].sort(),
    );
    await expect(step('姜明澈', '批准解封')).rejects.toThrow('是您本人申请的，须由另一人批准');
    expect(await says('田守正', `查看 ${ref}`)).toContain('信访复查示例');
    expect(await says('田守正', `查看 ${ref}`)).not.toContain(CONTENT);
    await step('田守正', '批准解封');
    expect((await takeMessages(record.store)).map(({ to }) => to)).toContain('姜明澈');
    expect(await says('姜明澈', `查看 ${ref}`, later(6))).toContain(CONTENT);
    expect(await says('唐文澜', `查看 ${ref}`, later(6))).not.toContain(CONTENT);
    expect(await says('田守正', `查看 ${ref}`, later(6))).toContain('没有找到编号');
    expect(await says('姜明澈', `查看 ${ref}`, later(7))).not.toContain(CONTENT);
    expect(await readings()).toBe(1);
  });

  it('stays closed when it is refused', async () => {
    await archive();
    await step('唐文澜', '申请解封', AT, { reason: '示例' });
    await step('郑怀瑾', '驳回解封');
    expect(await says('唐文澜', `查看 ${ref}`)).toContain('已归档，内容封存');
  });
});
