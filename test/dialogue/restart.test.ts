import { afterAll, beforeAll, expect, it } from 'vitest';
import { asText } from '../../bot/as-text.ts';
import { openOnStandIn, StandInBureau } from '../bot/stand-in-bureau.ts';
import { inbound } from '../bot/stand-in-platform.ts';
import { assign } from '../jobs/at-work.ts';

let house: StandInBureau;
let keys = 0;

beforeAll(async () => {
  house = new StandInBureau(await openOnStandIn({ platform: { forms: 'asked' } }));
  const at = new Date(house.time);
  await assign(house.other, 'Z1-1-1', { responsible: ['方远山'], dueOn: '2026-12-31', at });
});
afterAll(() => house.close());

/** Says it as it comes from the platform. @returns what came into the chat by it */
async function say(name: string, text: string, key = `said-${++keys}`): Promise<string[]> {
  const account = house.idOf(name);
  const known = house.platform.window(account).length;
  const at = new Date(house.time);
  await house.platform.receiver.message(inbound({ key, account, text, at }));
  await house.settle();
  return house.platform
    .window(account)
    .slice(known)
    .map((content) => asText(content).texts.join('\n'));
}

it('a form is asked on after the service was started anew at each step, and each message is answered once', async () => {
  await say('方远山', '签收 Z1-1-1');
  const steps = [
    ['申请延期 Z1-1-1', '（1/2）延期至（必填）'],
    ['明年1月15日', '已记：延期至 2027-01-15'],
    ['预览', '1. 延期至：2027-01-15'],
    ['返回', '现值：2027-01-15'],
    ['确认', '（2/2）理由（必填）'],
    ['示例：材料没有到', '2. 理由：示例：材料没有到'],
    ['改 1', '（1/2）延期至（必填）'],
    ['1月20日', '1. 延期至：2027-01-20'],
    ['提交', '已申请延期 Z1-1-1'],
  ] as const;
  for (const [index, [said, answered]] of steps.entries()) {
    const key = `step-${index}`;
    const answers = await say('方远山', said, key);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain(answered);
    await house.bureau.restart();
    expect(await say('方远山', said, key)).toEqual([]);
  }
  const { data } = await house.other.database.rows.entry.findUniqueOrThrow({ where: { ref: 'Z1-1-1' } });
  expect(data).toMatchObject({ deferral: { to: '2027-01-20', reason: '示例：材料没有到' } });
  expect(await house.other.database.rows.dialogue.count()).toBe(0);
});

it('two people are asked at once, each his own', async () => {
  const [one] = await say('林砚秋', '我要报告');
  const [other] = await say('程一禾', '立项');
  expect(one).toContain('（1/22）事发时间（必填）');
  expect(other).toContain('轮次名称（必填）');
  const [[first], [second]] = await Promise.all([say('林砚秋', '昨天下午三点'), say('程一禾', '示例轮次')]);
  expect(first).toContain('已记：事发时间 2026-11-22 15:00');
  expect(second).toContain('来源（必填）');
});
