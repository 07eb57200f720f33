import { describe, expect, it } from 'vitest';
import { entriesFor } from '../../../ledger/entry.ts';
import type { RawValues } from '../../../ledger/form.ts';
import { itemData, type RectificationData } from '../../../ledger/rectification/data.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { applyForClosing, assign, say } from '../../jobs/at-work.ts';
import { personNamed, takeStep, waitingMessages } from '../../sample-record.ts';
import { giveEvidence } from './give-evidence.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REF = 'Z1-1-1';

let store: Store;
verifiedCopies(AT, (copy) => {
  store = copy.store;
});

const entryOf = (ref = REF) => store.database.rows.entry.findUniqueOrThrow({ where: { ref } });
const dataOf = async (ref = REF) => itemData((await entryOf(ref)).data as RectificationData);
const step = async (name: string, word: string, values: RawValues = {}, ref = REF, at = AT) =>
  takeStep(store, { person: await personNamed(store, name), word, ref, at, values });
const given = (responsible = ['方远山', '林砚秋']) =>
  assign(store, REF, { responsible, dueOn: '2026-12-31', at: AT });

describe('撤回申请 of a closing', () => {
  const before: Readonly<Record<string, () => Promise<void>>> = {
    assigned: async () => {},
    signed: () => say(store, '方远山', ['签收', REF], AT),
    progressing: () => say(store, '方远山', ['进展', REF], AT, { text: '示例进展' }),
    returned: async () => {
      await say(store, '方远山', ['申请销号', REF], AT, { summary: '示例' });
      await say(store, '孟知行', ['退回', REF], AT, { reason: '请补示例附件' });
    },
  };
  it.each(Object.keys(before))('leaves an item that was %s as it was', async (state) => {
    await given();
    await giveEvidence(store, '方远山', REF, AT);
    await before[state]?.();
    const { withdrawn: _, ...was } = await dataOf();
    await say(store, '方远山', ['申请销号', REF], AT, { summary: '示例' });
    expect(await entryOf()).toMatchObject({ state: 'applied' });
    await step('方远山', '撤回申请', { reason: '漏附一份示例文件' });
    expect(await entryOf()).toMatchObject({ state, dueOn: '2026-12-31', closedAt: null });
    const { withdrawn, ...is } = await dataOf();
    // What was told for the returned one was told of the request before it.
    expect({ ...is, application: undefined }).toEqual({ ...was, application: undefined });
    expect(withdrawn).toMatchObject([{ on: '2026-11-23' }]);
  });

  it('stays in the history with its reason, and sends nobody a message', async () => {
    await given();
    await applyForClosing(store, '方远山', REF, AT);
    await step('方远山', '撤回申请', { reason: '漏附一份示例文件' });
    const entries = entriesFor(store, store.database.rows, 'bureau');
    const history = await entries.history(await entries.get(REF));
    expect(history.slice(-2)).toMatchObject([
      { action: 'rectification.apply' },
      { action: 'rectification.withdraw', values: { reason: '漏附一份示例文件' } },
    ]);
    expect(await waitingMessages(store)).toEqual([]);
    await giveEvidence(store, '方远山', REF, AT);
  });

  it('is for who has asked, and for nobody else', async () => {
    await given();
    await applyForClosing(store, '方远山', REF, AT);
    await expect(step('林砚秋', '撤回申请')).rejects.toMatchObject({
      code: 'not-permitted',
      message: 'Z1-1-1 的销号申请由 方远山 提出，须由其本人撤回。',
    });
    for (const name of ['孟知行', '程一禾', '唐文澜', '田守正'])
      await expect(step(name, '撤回申请'), name).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(step('许星阑', '撤回申请')).rejects.toMatchObject({ code: 'unknown-entry' });
  });

  it('is possible until somebody has decided, and once', async () => {
    await given();
    await expect(step('方远山', '撤回申请')).rejects.toThrow('Z1-1-1 没有可以撤回的申请。');
    await applyForClosing(store, '方远山', REF, AT);
    await say(store, '孟知行', ['审核通过', REF], AT);
    await expect(step('方远山', '撤回申请')).rejects.toThrow('现为「待督查复核」');
    await say(store, '程一禾', ['退回', REF], AT, { reason: '示例' });
    await expect(step('方远山', '撤回申请')).rejects.toThrow('没有可以撤回的申请');
    await say(store, '方远山', ['申请销号', REF], AT, { summary: '示例' });
    await step('方远山', '撤回申请');
    await expect(step('方远山', '撤回申请')).rejects.toThrow('没有可以撤回的申请');
    await expect(step('孟知行', '审核通过')).rejects.toThrow('现为「退回补正」');
  });

  it('and 审核通过 at once: one of them happens, the other is refused', async () => {
    await given();
    await applyForClosing(store, '方远山', REF, AT);
    const both = await Promise.allSettled([
      step('方远山', '撤回申请'),
      step('孟知行', '审核通过'),
      step('方远山', '撤回申请'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('does not answer the week’s 周督查', async () => {
    await given();
    const week = { week: '2026-W47', answer: 'planned' };
    await say(store, '方远山', ['按计划', REF], new Date('2026-11-20T02:00:00Z'));
    expect((await dataOf()).weekly).toEqual(week);
    await applyForClosing(store, '方远山', REF, AT);
    await step('方远山', '撤回申请');
    expect((await dataOf()).weekly).toEqual(week);
  });
});

describe('撤回申请 of more time', () => {
  const asked = {
    申请延期: { to: '2027-01-31', reason: '示例理由' },
    申请暂难: { until: '2027-01-31', reason: '示例理由' },
  } as const;

  it.each(Object.keys(asked) as (keyof typeof asked)[])('%s leaves the item as it was', async (word) => {
    await given();
    await say(store, '方远山', ['有困难', REF], AT, { text: '示例困难' });
    const was = await dataOf();
    await step('方远山', word, asked[word]);
    await expect(step('林砚秋', '撤回申请')).rejects.toMatchObject({ code: 'not-permitted' });
    await step('方远山', '撤回申请');
    expect(await dataOf()).toEqual(was);
    expect(await entryOf()).toMatchObject({ state: 'assigned', dueOn: '2026-12-31', facets: {} });
    const grant = word === '申请延期' ? '准予延期' : '同意暂难';
    await expect(step('孟知行', grant)).rejects.toThrow('没有待审批的');
    await step('方远山', word, asked[word]);
    await step('孟知行', grant);
    await expect(step('方远山', '撤回申请')).rejects.toMatchObject({ code: 'wrong-state' });
  });

  it('leaves what was told since', async () => {
    await given();
    await step('方远山', '申请暂难', asked.申请暂难);
    await step('方远山', '进展', { text: '示例进展' });
    await step('方远山', '撤回申请');
    const { weekly, progress, difficulty } = await dataOf();
    expect([weekly, progress?.text]).toMatchObject([{ answer: 'progress' }, '示例进展']);
    expect(difficulty).toBeUndefined();
  });

  it.each(Object.keys(asked) as (keyof typeof asked)[])('comes before 申请销号, after %s', async (word) => {
    await given();
    await giveEvidence(store, '方远山', REF, AT);
    await step('方远山', word, asked[word]);
    const said = word === '申请延期' ? '延期至 2027-01-31' : '列为暂难整改';
    const offers = [{ action: `撤回申请 ${REF}`, label: '撤回申请' }];
    const sentence = `${REF} 已申请${said}，正等责任领导审批；请先由申请人「撤回申请」，或等待审批。`;
    const close = (name: string) => step(name, '申请销号', { summary: '示例' });
    await expect(close('方远山')).rejects.toMatchObject({ message: sentence, offers });
    await expect(close('林砚秋')).rejects.toMatchObject({ message: sentence, offers: [] });
    await step('方远山', '撤回申请');
    await close('方远山');
    expect(await entryOf()).toMatchObject({ state: 'applied' });
  });
});
