import { describe, expect, it } from 'vitest';
import { operate } from '../../ledger/operation.ts';
import { changeRoles } from '../../ledger/roster/change-roles.ts';
import { fileReport } from '../intercession-report.ts';
import { assign, say as step } from '../jobs/at-work.ts';
import { personNamed, takeStep } from '../sample-record.ts';
import type { Talk } from './talk.ts';
import { AT, HIS, OFFICER, talkAtWork } from './talk-at-work.ts';

let talk: Talk;

talkAtWork((begun) => {
  talk = begun;
});

const his = (...texts: string[]) => talk.sayAll(HIS, texts);
const officer = (...texts: string[]) => talk.sayAll(OFFICER, texts);
const running = () => talk.store.database.rows.dialogue.findMany();

/** @returns its number */
async function reportToJudge(): Promise<string> {
  const ref = await fileReport(talk.store, await personNamed(talk.store, '许星阑'), AT);
  const person = await personNamed(talk.store, '唐文澜');
  for (const word of ['受理', '开始甄别']) await takeStep(talk.store, { person, word, ref, at: AT });
  return ref;
}

describe('a form that is refused', () => {
  it('leads back to the field, with all that was answered', async () => {
    await his('申请延期 Z1-1-1', '2026-12-20', '示例');
    const refused = await his('提交');
    expect(refused).toMatch(/^【申请延期 Z1-1-1】还没有登记。\n.*2026-12-20.*\n（1\/2）延期至（必填）/u);
    expect(refused).toContain('现值：2026-12-20');
    expect(await his('2027-01-15')).toContain('2. 理由：示例');
    expect(await his('提交')).toContain('已申请延期');
  });

  it('is not shown as if all were well while what is wrong still stands there', async () => {
    await his('申请延期 Z1-1-1', '示例', '2026-12-31', '示例');
    expect(await his('提交')).toContain('（1/2）延期至（必填）');
    expect(await his('确认')).toMatch(/^这一项要改：.*\n（1\/2）延期至/u);
    const summary = await his('提交');
    expect(summary).toMatch(/1\. 延期至：2026-12-31（要改：.+）\n[\s\S]*改某一项回复「改 1」/u);
    expect(await his('改 2')).toContain('现值：示例。');
    expect(await his('确认')).toContain('（要改：');
    expect(await his('改 1')).toMatch(/现值：2026-12-31（要改：.+）。/u);
    expect(await his('2027-01-15')).not.toContain('要改');
    expect(await his('提交')).toContain('已申请延期');
  });

  it('because of what somebody changed meanwhile is looked over as things stand', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15', '示例');
    await step(talk.store, HIS, ['进展', 'Z1-1-1'], AT, { text: '示例进展' });
    const refused = await his('提交');
    expect(refused).toContain('还没有登记。');
    expect(refused).toContain('登记请回复「提交」');
    expect(await his('提交')).toContain('已申请延期');
  });

  it('because it is not possible any more hands back what was typed, and is over', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15', '示例理由');
    await step(talk.store, HIS, ['申请延期', 'Z1-1-1'], AT, { to: '2027-01-10', reason: '示例' });
    const refused = await his('提交');
    expect(refused).toContain('您填写的内容（未登记）');
    expect(refused).toContain('理由：示例理由');
    expect(await running()).toEqual([]);
    expect(await his('继续填写')).toBe('没有没填完的表单。');
  });

  it('because the item is not his any more hands back what was typed', async () => {
    await his('申请延期 Z1-1-1', '2027-01-15');
    await assign(talk.store, 'Z1-1-1', { responsible: ['许星阑'], dueOn: '2026-12-31', at: AT });
    const refused = await his('示例理由');
    expect(refused).toContain('由该事项的责任人办理，您不在其中');
    expect(refused).toContain('延期至：2027-01-15');
    expect(await running()).toEqual([]);
    expect(await his('示例理由')).toContain('没有听懂');
  });

  it('because the record concerns who is asked by now says the same as for one that is not there', async () => {
    const ref = await reportToJudge();
    expect(await talk.sayAll('唐文澜', [`查看 ${ref}`, `甄别 ${ref}`])).toContain('甄别结论（必填）');
    const person = await personNamed(talk.store, '姜明澈');
    const values = { person: (await personNamed(talk.store, '唐文澜')).id };
    await takeStep(talk.store, { person, word: '认定', ref, at: AT, values });
    const hidden = await talk.say('唐文澜', '1');
    const unknown = await talk.say('唐文澜', '查看 2345-ABCD');
    expect(hidden).toBe(unknown.replace('2345-ABCD', ref));
    expect(await running()).toEqual([]);
  });

  it('because he may not use it any more says so', async () => {
    await officer('立项', '示例轮次');
    await operate(talk.store, { actor: 'command:role', at: AT }, (operation) =>
      changeRoles(operation, 'take', { person: OFFICER, roles: ['supervisor'] }),
    );
    expect(await officer('1')).toContain('您已没有提交这份表单的权限');
    expect(await running()).toEqual([]);
  });

  it('until what follows of it was seen and confirmed', async () => {
    const ref = await reportToJudge();
    const sure = await talk.sayAll('唐文澜', [`查看 ${ref}`, `认定 ${ref}`, '林砚秋']);
    expect(sure).toMatch(/（2\/2）确认（必填）\n.*林砚秋[\s\S]*\n请回复数字：\n1 已看清后果，确认认定/u);
    expect(await talk.say('唐文澜', '提交')).toContain('还有没填好的');
    expect(await talk.sayAll('唐文澜', ['确认', '提交'])).toContain('已认定');
  });
});
