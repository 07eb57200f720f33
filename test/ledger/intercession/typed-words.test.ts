import { beforeEach, describe, expect, test } from 'vitest';
import { readable } from '../../../bot/local/chat-client.ts';
import type { Content } from '../../../ledger/message.ts';
import { oneReport } from './one-report.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REPORTER = '许星阑';
const OFFICER = '唐文澜';

const report = oneReport(AT);
const { ask, step, seen, entry, fileBy, told } = report;

const says = async (words: string, name = OFFICER) => readable((await ask(name, words)) as Content);
const valuesOf = (form: Content | undefined) =>
  form?.kind === 'form' ? form.fields.map(({ name, value }) => [name, value]) : [];

describe('a word behind the number that is an option', () => {
  beforeEach(async () => {
    await step(OFFICER, '受理');
    await says(`查看 ${report.ref}`);
  });

  test.each([
    ['退回补正 缺少时间', 'returned', '缺少时间'],
    ['退回，缺少时间', 'returned', '缺少时间'],
    ['转线索：理由：示例理由', 'suspected', '示例理由'],
    ['登记 理由：示例理由', 'inquiry', '示例理由'],
  ])('「甄别 <编号> %s」 is that option, and the rest the reason', async (words, state, reason) => {
    await says(`甄别 ${report.ref} ${words}`);
    expect(await entry()).toMatchObject({ state });
    expect(await seen(OFFICER)).toContain(`。${reason}\n`);
  });

  test.each([
    [
      '退回补正请补充时间',
      [
        ['conclusion', 'returned'],
        ['reason', '请补充时间'],
      ],
    ],
    [
      '退回补正',
      [
        ['conclusion', 'returned'],
        ['reason', undefined],
      ],
    ],
    [
      '示例理由',
      [
        ['conclusion', undefined],
        ['reason', '示例理由'],
      ],
    ],
  ])('「甄别 <编号> %s」 is asked about in the form, which holds what was understood', async (words, values) => {
    expect(valuesOf(await ask(OFFICER, `甄别 ${report.ref} ${words}`))).toEqual(values);
    expect(await entry()).toMatchObject({ state: 'accepted' });
  });

  test('「处置 <编号> 移送 …」 hands it over', async () => {
    await says(`甄别 ${report.ref} 转线索 示例`);
    expect(valuesOf(await ask(OFFICER, `处置 ${report.ref} 请派驻组接办`))[0]).toEqual([
      'disposal',
      undefined,
    ]);
    await says(`处置 ${report.ref} 移送 请接办`);
    expect((await told()).map(([to]) => to)).toContain('郑怀瑾');
  });
});

describe('without a number', () => {
  test('撤回 means the one report that can be taken back, and asks first', async () => {
    const form = await ask(REPORTER, '撤回 写错了');
    expect(form).toMatchObject({ kind: 'form', title: `撤回 ${report.ref}` });
    expect(valuesOf(form)).toEqual([['reason', '写错了']]);
    await report.send(REPORTER, form, {});
    expect(await entry()).toMatchObject({ state: 'withdrawn' });
    expect(await says('撤回', REPORTER)).toBe('您现在没有可以撤回的记录。');
  });

  test('and of several lists them, each with its button', async () => {
    const second = await fileBy(REPORTER, {}, new Date(AT.getTime() + 60_000));
    await fileBy('林砚秋');
    const offered = await ask(REPORTER, '撤回');
    expect(offered).toMatchObject({
      title: '您有 2 条可以撤回的记录，请选择，或写明编号：「撤回 <编号>」。',
      actions: [
        { action: `撤回 ${report.ref}@1`, label: `撤回 ${report.ref}` },
        { action: `撤回 ${second}@1`, label: `撤回 ${second}` },
      ],
    });
  });

  test('回复 means the report with a question, and an officer’s word still needs one', async () => {
    await step(OFFICER, '追问', { question: '示例？' });
    await fileBy(REPORTER);
    const form = await ask(REPORTER, '回复 下午三点');
    expect(form).toMatchObject({ title: `回复 ${report.ref}` });
    expect(valuesOf(form)).toEqual([['answer', '下午三点']]);
    expect(await says('受理')).toContain('请写明编号');
  });
});

describe('the reporter whose own words leave no officer', () => {
  const answering = async (answer: string) => {
    await step(OFFICER, '追问', { question: '示例？' });
    return says(`回复 ${report.ref} ${answer}`, REPORTER);
  };

  test('reads in the answer who has it now', async () => {
    expect(await answering('唐文澜、姜明澈都在场')).toContain(
      '按您所写，原受理人员需回避，记录现由派驻纪检组办理。',
    );
    expect((await told()).map(([to]) => to)).toContain('郑怀瑾');
  });

  test('reads where to turn where nobody has it, and is told so in a message that stays', async () => {
    expect(await answering('唐文澜、姜明澈、郑怀瑾都在场')).toContain('请您另向上级纪检监察机构反映');
    expect((await told()).filter(([to]) => to === REPORTER).map(([, title]) => title)).toContain(
      '您的记录需要另行反映',
    );
  });

  test('reads nothing of it where another officer goes on', async () => {
    expect(await answering('唐文澜在场')).not.toContain('回避');
  });
});
