import { beforeEach, describe, expect, test } from 'vitest';
import { fileReport } from '../../intercession-report.ts';
import { linesOf, oneReport } from './one-report.ts';

/** A Monday, 10:00. */
const AT = new Date('2026-11-23T02:00:00Z');
const LATER = new Date('2026-11-23T02:05:00Z');
const REPORTER = '许星阑';

const report = oneReport(AT);
const { person, step, seen, told, ask, entry } = report;

describe('备查', () => {
  const QUICK = '咨询正常业务';

  test('takes one tap on the card that shows the record, tells the reporter, and leaves only 归档', async () => {
    const card = await ask('唐文澜', `查看 ${report.ref}`);
    const [button] =
      card?.kind === 'notice' ? card.actions.filter(({ label }) => label === `备查：${QUICK}`) : [];
    const answer = linesOf(await ask('唐文澜', button?.action ?? ''));
    expect(answer).toEqual([
      `已备查 ${report.ref}`,
      '现为「正常履职·备查」。',
      `理由记为「${QUICK}」；结论已反馈记录人，可直接归档。`,
      '记录人 30 日内可以提出异议。',
    ]);
    expect(await told()).toEqual([
      ['唐文澜', ...linesOf(card)],
      ['唐文澜', ...answer],
      [REPORTER, '您的记录有新进展', `${report.ref} 现为「正常履职·备查」。`],
    ]);
    expect(await seen('唐文澜')).toContain(`甄别结论：正常履职·备查。${QUICK}`);
    const known = await seen(REPORTER);
    expect(known).toContain('经甄别，结论为「正常履职·备查」。感谢您如实记录。');
    expect(known).not.toContain(QUICK);
    expect(await entry()).toMatchObject({ state: 'routine', dueOn: null });
    await step('唐文澜', '归档');
    expect(await entry()).toMatchObject({ state: 'archived' });
  });

  test('takes several at once with a reason of one’s own, which is for officers only', async () => {
    const second = await fileReport(report.store, await person(REPORTER), LATER);
    for (const ref of [report.ref, second]) await ask('唐文澜', `查看 ${ref}`, LATER);
    await ask('唐文澜', `备查 ${report.ref},${second} 理由：按职责询问进度`, LATER);
    expect(await report.store.database.rows.entry.count({ where: { state: 'routine' } })).toBe(2);
    expect(await seen('唐文澜')).toContain('备查。按职责询问进度\n');
    expect(await seen(REPORTER)).not.toContain('按职责询问进度');
  });

  test('asks for the reason where none is said, and takes no 「其他」 without one', async () => {
    await ask('唐文澜', `查看 ${report.ref}`);
    const form = await ask('唐文澜', `备查 ${report.ref}`);
    expect(form).toMatchObject({
      kind: 'form',
      fields: [{ name: 'ground', required: true }, { name: 'reason' }],
    });
    await expect(step('唐文澜', '备查', { ground: 'other' })).rejects.toThrow('选「其他」时请写明理由。');
    expect(await entry()).toMatchObject({ state: 'submitted' });
    expect(linesOf(await report.send('唐文澜', form, { ground: 'contact' }))).toContain(
      '理由记为「正常工作联系」；结论已反馈记录人，可直接归档。',
    );
  });

  test('is never said of all at once', async () => {
    expect(await ask('唐文澜', '备查 全部')).toMatchObject({
      text: '备查须逐条看过再定，请写明编号，例如「备查 <编号>,<编号>」。',
    });
    expect(await entry()).toMatchObject({ state: 'submitted' });
  });
});

describe('追问', () => {
  test('reaches the reporter as a number, and his answer who asked', async () => {
    await step('唐文澜', '受理');
    await told();
    await step('唐文澜', '追问', { question: '来电是几点？' });
    await step('姜明澈', '追问', { question: '号码还在吗？' });
    const asked = await told();
    expect(asked.map(([to]) => to)).toEqual([REPORTER, REPORTER]);
    expect(asked[0]?.slice(1)).toEqual([
      '受理人员有问题想请您回复',
      `${report.ref} 有新的追问，点「回复」查看并填写。`,
    ]);
    const form = await ask(REPORTER, `回复 ${report.ref}`);
    expect(form).toMatchObject({
      kind: 'form',
      intro: ['追问：来电是几点？', '追问：号码还在吗？', expect.any(String)],
    });
    await told();
    await step(REPORTER, '回复', { answer: '下午三点，号码尾号 0000' });
    expect((await told()).map(([to, ...said]) => [to, said[1]])).toEqual([
      ['唐文澜', `${report.ref} 的追问已有回复。`],
      ['姜明澈', `${report.ref} 的追问已有回复。`],
    ]);
    expect(await seen('唐文澜')).toMatch(
      /唐文澜追问：来电是几点？\n.*姜明澈追问：号码还在吗？\n.*记录人回复：下午三点，号码尾号 0000/,
    );
    await expect(step(REPORTER, '回复', { answer: '再说一遍' })).rejects.toThrow('没有等您回复的追问');
    expect(await entry()).toMatchObject({ state: 'accepted' });
  });

  test('is answered by the reporter alone', async () => {
    await step('唐文澜', '追问', { question: '示例？' });
    await expect(step('姜明澈', '回复', { answer: '示例' })).rejects.toThrow('由该事项的记录人办理');
    await expect(step(REPORTER, '追问', { question: '示例？' })).rejects.toThrow('您不在其中');
  });
});

describe('移送派驻纪检组', () => {
  const transfer = { disposal: 'transfer', detail: '示例' };
  beforeEach(async () => {
    await step('唐文澜', '受理');
    await step('唐文澜', '甄别', { conclusion: 'suspected', reason: '示例' });
    await told();
  });

  test('gives it to the 派驻纪检组, who are told, and officers see who has it', async () => {
    await step('唐文澜', '处置', transfer);
    expect(await told()).toEqual([
      [REPORTER, '您的记录有新进展', `${report.ref} 现为「处置中」。`],
      ['郑怀瑾', '有说情打招呼记录转来', `${report.ref} 已移送，现请您接办。`],
    ]);
    expect(await seen('姜明澈')).toContain('接办：郑怀瑾（派驻纪检组）');
    await expect(step('唐文澜', '反馈', { feedback: '示例' })).rejects.toThrow(
      `${report.ref} 已移送，由郑怀瑾办理，结果由其反馈记录人。`,
    );
    expect(linesOf(await ask('唐文澜', '待甄别'))).toEqual(['待甄别：暂无记录']);
    await step('郑怀瑾', '反馈', { feedback: '示例' });
    expect(await entry()).toMatchObject({ state: 'answered' });
  });

  test('is refused where nobody there may have it, and says what is left', async () => {
    await step('唐文澜', '认定', { person: (await person('郑怀瑾')).id });
    await expect(step('唐文澜', '处置', transfer)).rejects.toThrow(
      '派驻纪检组现在没有可以接办的人员（无人在岗或均需回避），不能移送。请另行报送上级纪检监察机构，并在这里选「上报」登记。',
    );
    expect(await entry()).toMatchObject({ state: 'suspected' });
    await step('唐文澜', '处置', { ...transfer, disposal: 'escalate' });
    expect(await entry()).toMatchObject({ state: 'disposing', dueOn: '2026-12-21' });
    await step('唐文澜', '反馈', { feedback: '示例' });
  });
});
