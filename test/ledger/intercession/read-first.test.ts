import { describe, expect, test } from 'vitest';
import { readable } from '../../../bot/local/chat-client.ts';
import type { Content } from '../../../ledger/message.ts';
import { oneReport } from './one-report.ts';

/** A Monday, 10:00. */
const AT = new Date('2026-11-23T02:00:00Z');
const MINUTE_MS = 60_000;
const later = (minutes: number) => new Date(AT.getTime() + minutes * MINUTE_MS);
const afterDays = (days: number) => later(days * 24 * 60);
const REPORTER = '许星阑';
const OFFICER = '唐文澜';

const report = oneReport(AT);
const { ask, send, step, entry, fileBy } = report;

const says = async (words: string, when = AT, name = OFFICER) =>
  readable((await ask(name, words, when)) as Content);
const actionsOf = (content: Content | undefined) =>
  content?.kind === 'notice' ? content.actions.map(({ action, label }) => [label, action]) : [];
const stateOf = async (ref: string) =>
  (await report.store.database.rows.entry.findUniqueOrThrow({ where: { ref } })).state;

describe('what nobody has read is not judged', () => {
  test('备查 shows the record instead, with a button that says what was typed, and works then', async () => {
    const shown = await ask(OFFICER, `备查 ${report.ref} 只是来问申报指南`);
    const text = readable(shown as Content);
    expect(text).toContain(`${report.ref} 请先看内容，再备查\n您还没有看过这条记录，没有备查。`);
    expect(text).toContain('具体内容：来电请求在评审中关照某项目。');
    expect(await entry()).toMatchObject({ state: 'submitted', version: 1 });
    const [[label, action] = []] = actionsOf(shown);
    expect(label).toBe('备查：只是来问申报指南');
    expect(await says(action ?? '')).toContain('理由记为「只是来问申报指南」');
  });

  test('to have read it is each officer’s own, and what another did or wrote since has to be read too', async () => {
    await says(`查看 ${report.ref}`);
    expect(await says(`备查 ${report.ref} 示例`, AT, '姜明澈')).toContain('您还没有看过这条记录');
    await step(OFFICER, '追问', { question: '示例？' }, later(1));
    await step(REPORTER, '回复', { answer: '其实对方要求照顾' }, later(2));
    expect(await says(`备查 ${report.ref} 示例`, later(3))).toContain('记录人回复：其实对方要求照顾');
    expect(await says(`备查 ${report.ref} 示例`, later(4))).toContain(`已备查 ${report.ref}`);
  });

  test('a step of another that says nothing leaves nothing to be read', async () => {
    await says(`查看 ${report.ref}`);
    await step('姜明澈', '受理', {}, later(1));
    expect(await says(`备查 ${report.ref} 示例`, later(2))).toContain(`已备查 ${report.ref}`);
  });

  test('the officer’s own step between does not make him read it again', async () => {
    await says(`查看 ${report.ref}`);
    await step(OFFICER, '受理', {}, later(1));
    expect(await says(`备查 ${report.ref} 示例`, later(2))).toContain(`已备查 ${report.ref}`);
  });

  test('a form that was open when something came to it does not pass over that', async () => {
    await step(OFFICER, '受理');
    await says(`查看 ${report.ref}`, later(1));
    await step(OFFICER, '追问', { question: '示例？' }, later(2));
    const form = await ask(OFFICER, `甄别 ${report.ref}`, later(3));
    await step(REPORTER, '回复', { answer: '示例' }, later(4));
    const values = { conclusion: 'routine', reason: '示例' };
    const again = await send(OFFICER, form, values, later(5));
    await send(OFFICER, again, values, later(6));
    expect(await entry()).toMatchObject({ state: 'accepted' });
    await says(`查看 ${report.ref}`, later(7));
    await send(OFFICER, again, values, later(8));
    expect(await entry()).toMatchObject({ state: 'routine' });
  });

  test('of several it names those, and offers the step for the others', async () => {
    const other = await fileBy('林砚秋');
    await says(`查看 ${other}`);
    const shown = await ask(OFFICER, `备查 ${report.ref},${other} 示例`);
    expect(readable(shown as Content)).toContain('有 1 项您还没有看过，没有办理');
    expect(actionsOf(shown)).toEqual([['备查看过的 1 项', `备查 ${other}@1 示例`]]);
    expect([await stateOf(report.ref), await stateOf(other)]).toEqual(['submitted', 'submitted']);
  });

  test('归档 is no way around it', async () => {
    await step('姜明澈', '备查');
    expect(await says(`归档 ${report.ref}`, later(1))).toContain('没有归档。请看过下面的内容再定');
    expect(await says(`归档 ${report.ref}`, later(2))).toContain(`已归档 ${report.ref}`);
  });
});

describe('归档 全部', () => {
  test('leaves what may still be objected to, says how many and until when, and asks before it acts', async () => {
    const [old, fresh, unread] = [report.ref, await fileBy('林砚秋'), await fileBy('石清扬')];
    for (const ref of [old, fresh]) await says(`查看 ${ref}`);
    await step(OFFICER, '备查', {}, AT, old);
    await step('姜明澈', '备查', {}, AT, unread);
    await step(OFFICER, '备查', {}, afterDays(20), fresh);
    expect(await says('归档 全部', afterDays(30))).toBe(
      '没有可以归档的事项。没有包括 2 项：异议期至 2026-12-23。没有包括 1 项：异议期至 2027-01-12。',
    );
    const form = await ask(OFFICER, '归档 全部', afterDays(31));
    expect(form).toMatchObject({
      kind: 'form',
      intro: [
        `共 1 项：${old}`,
        '没有包括 1 项：异议期至 2027-01-12。',
        '没有包括 1 项：您还没有看过，须看过再归档。',
      ],
    });
    expect(await stateOf(old)).toBe('routine');
    await send(OFFICER, form, {}, afterDays(31));
    expect(await Promise.all([old, fresh, unread].map(stateOf))).toEqual(['archived', 'routine', 'routine']);
  });

  test('has what was reviewed and upheld, about which nothing can be said any more', async () => {
    await step(OFFICER, '备查');
    await step(REPORTER, '异议', { objection: '示例' });
    await step('姜明澈', '复核', { result: 'upheld', opinion: '示例' });
    await says(`查看 ${report.ref}`, later(1));
    expect(await ask(OFFICER, '归档 全部', later(2))).toMatchObject({ intro: [`共 1 项：${report.ref}`] });
  });

  test('passes over the officer’s own report', async () => {
    const own = await fileBy(OFFICER);
    await step('姜明澈', '备查', {}, AT, own);
    expect(await says('归档 全部', afterDays(31))).toContain('没有包括 1 项：须由其他人办理。');
  });
});
