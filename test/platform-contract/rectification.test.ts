import { afterAll, beforeAll, expect, it } from 'vitest';
import { actionsOf } from '../../ledger/held-card.ts';
import type { FormContent } from '../../ledger/message.ts';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../harness.ts';

const SUPERVISOR = '程一禾';
const LEADER = '孟知行';
const RESPONSIBLE = '林砚秋';
const ASSISTANT = '叶知秋';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const asked = async (name: string, words: string) =>
  readable(lastFromBot(await bureau.say(name, words)).content);
const news = async (name: string) => lastFromBot(await bureau.read(name));

/** Presses the button of that label on the person's latest card. */
async function press(name: string, label: string, card = news(name)) {
  const { messageId, content } = await card;
  return bureau.act(name, messageId, button(content, label));
}

/** Presses the button, and sends the form that it opens. */
async function fill(name: string, label: string, values: Record<string, unknown>, card = news(name)) {
  await press(name, label, card);
  const form = await news(name);
  return bureau.act(name, form.messageId, button(form.content, '提交'), {
    ...formValues(form.content),
    ...values,
  });
}

it('is assigned by a form whose people are chosen from the directory', async () => {
  const form = lastFromBot(await bureau.say(SUPERVISOR, '指派 1-1'));
  expect(form.content).toMatchObject({ kind: 'form' });
  const { fields } = form.content as FormContent;
  const leader = fields.find(({ label }) => label === '责任领导');
  expect(leader?.options?.some(({ value }) => value === bureau.idOf(LEADER))).toBe(true);
  const names = Object.fromEntries(fields.map(({ label, name }) => [label, name]));
  const sent = await bureau.act(SUPERVISOR, form.messageId, button(form.content, '提交'), {
    ...formValues(form.content),
    [names.责任领导 ?? '']: bureau.idOf(LEADER),
    [names.责任人 ?? '']: [bureau.idOf(RESPONSIBLE)],
    [names.协办 ?? '']: [bureau.idOf(ASSISTANT)],
    [names.整改时限 ?? '']: '2026-12-31',
  });
  expect(sent.toast).toContain('Z1-1-1');
  expect(await asked(SUPERVISOR, '查看 1-1')).toMatch(/林砚秋/);
});

it('is signed for with the button of its notice, and then says so in every list', async () => {
  const signed = await press(RESPONSIBLE, '签收');
  expect(signed.toast).toBe('已签收 Z1-1-1');
  expect(await asked(RESPONSIBLE, '我的整改')).toContain('已签收');
});

it('takes progress typed behind its number, also from who assists', async () => {
  expect(await asked(ASSISTANT, '进展 1-1 已收集材料')).toContain('整改中');
  expect(await asked(RESPONSIBLE, '查看 1-1')).toContain('已收集材料');
});

it('is answered on the weekly card, and the card says how it was answered', async () => {
  await bureau.read(RESPONSIBLE);
  await bureau.moveClock('2026-11-30T02:00:00.000Z');
  const cards = (await bureau.read(RESPONSIBLE)).filter(({ content }) =>
    readable(content).includes('Z1-1-1'),
  );
  const card = cards.find(({ content }) => actionsOf(content).some(({ label }) => label === '按计划'));
  if (!card) throw new Error('The weekly card did not come');
  const answered = await press(RESPONSIBLE, '按计划', Promise.resolve(card));
  expect(readable(answered.card ?? card.content)).toContain('按计划');
});

it('is put off by asking and granting', async () => {
  const card = lastFromBot(await bureau.say(RESPONSIBLE, '查看 1-1'));
  await bureau.read(LEADER);
  await fill(RESPONSIBLE, '申请延期', { to: '2027-01-15', reason: '等待上级批复' }, Promise.resolve(card));
  expect((await press(LEADER, '准予延期')).toast).toContain('Z1-1-1');
  expect(await asked(RESPONSIBLE, '查看 1-1')).toContain('2027-01-15');
});

it('is given a file of evidence, which those who review see by name, size and date', async () => {
  const card = lastFromBot(await bureau.say(RESPONSIBLE, '查看 1-1'));
  expect(actionsOf(card.content).map(({ label }) => label)).not.toContain('申请销号');
  await press(RESPONSIBLE, '补充佐证', Promise.resolve(card));
  await bureau.read(RESPONSIBLE);
  const file = { name: '示例制度.txt', bytes: Buffer.from('示例：差旅费管理办法，已于 11 月印发。') };
  const received = lastFromBot(await bureau.sendFile(RESPONSIBLE, file));
  expect(readable(received.content)).toContain('归入 Z1-1-1\n现有 1 个佐证文件');
  const done = await press(RESPONSIBLE, '完成', Promise.resolve(received));
  expect(button(done.card ?? received.content, '申请销号')).toBe('申请销号 Z1-1-1');
  expect(await asked(SUPERVISOR, '查看 1-1')).toContain('1. 示例制度.txt（文档，1 KB，2026-11-30');
});

it('is closed by three persons, each by the button of what reached him', async () => {
  const card = lastFromBot(await bureau.say(RESPONSIBLE, '查看 1-1'));
  await bureau.read(LEADER);
  await bureau.read(SUPERVISOR);
  await fill(
    RESPONSIBLE,
    '申请销号',
    { summary: '已修订制度并执行', evidence: '制度文本，存于办公室' },
    Promise.resolve(card),
  );
  expect((await press(LEADER, '审核通过')).toast).toContain('Z1-1-1');
  expect((await press(SUPERVISOR, '复核通过')).toast).toContain('Z1-1-1');
  expect(await asked(RESPONSIBLE, '查看 1-1')).toMatch(/Z1-1-1 · 已销号/);
});

it('counts in the figures, which are a table', async () => {
  const { content } = lastFromBot(await bureau.say(SUPERVISOR, '统计'));
  expect(content.kind).toBe('table');
  expect(readable(content)).toMatch(/已销号|销号/);
});

it('and the week are in the digest, with a chart of the last weeks', async () => {
  await bureau.read(LEADER);
  await bureau.moveClock('2026-12-07T01:00:00.000Z');
  const digest = (await bureau.read(LEADER)).find(({ content }) => readable(content).includes('清廉周报'));
  expect(readable(digest?.content ?? { kind: 'text', text: '' })).toMatch(/整改台账\n上周新增 0 · 销号 1/);
});
