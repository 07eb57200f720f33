import { afterAll, beforeAll, expect, it } from 'vitest';
import { actionsOf } from '../../../ledger/held-card.ts';
import type { FormContent } from '../../../ledger/message.ts';
import { type Bureau, button, formValues, lastFromBot, openBureau, readable } from '../../harness.ts';

const SUPERVISOR = '程一禾';
const LEADER = '孟知行';
const RESPONSIBLE = '林砚秋';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

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
    [names.整改时限 ?? '']: '2026-12-31',
  });
  expect(sent.toast).toContain('Z1-1-1');
});

it('is answered on the weekly card, and the card says how it was answered', async () => {
  await bureau.read(RESPONSIBLE);
  await bureau.say(RESPONSIBLE, '签收 1-1');
  await bureau.moveClock('2026-11-23T01:31:00.000Z');
  const card = (await bureau.read(RESPONSIBLE)).find(({ content }) =>
    actionsOf(content).some(({ label }) => label === '按计划'),
  );
  if (!card) throw new Error('The weekly card did not come');
  const answered = await bureau.act(RESPONSIBLE, card.messageId, button(card.content, '按计划'));
  expect(readable(answered.card ?? card.content)).toContain('按计划');
});

it('counts in the figures, which are a table', async () => {
  const { content } = lastFromBot(await bureau.say(SUPERVISOR, '统计'));
  expect(content.kind).toBe('table');
});
