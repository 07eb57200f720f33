import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from './person.ts';
import { openPeople, type People, report } from './the-people.ts';

/** A 纪检监察员 is whom the report is about. */
const CONCERNED = '唐文澜';

let people: People;
let reporter: Person;
let ref: string;
beforeAll(async () => {
  people = await openPeople();
  reporter = people.named('林砚秋');
  ref = await report(reporter, { 过问干预人姓名: CONCERNED, 人员类别: '同事' });
});
afterAll(() => people.bureau.close());

it('who filed it finds it', async () => {
  expect(await reporter.says(`查看 ${ref}`)).toContain(ref);
  expect(await reporter.says('我的报告')).toContain(ref);
});

it('for whom it concerns it does not exist, by no word and by no message', async () => {
  const concerned = people.named(CONCERNED);
  expect(await concerned.sees()).toBe('');
  for (const words of ['台账 说情打招呼记录', '待甄别', '我的报告', '统计', '帮助'])
    expect(await concerned.says(words), words).not.toContain(ref);
  const unknown = `没有找到编号「${ref}」`;
  expect(await concerned.says(`查看 ${ref}`)).toContain(unknown);
  expect(await concerned.says(`受理 ${ref}`)).toContain(unknown);
});

it('a colleague whom it does not concern learns nothing of it either', async () => {
  expect(await people.named('许星阑').says(`查看 ${ref}`)).toContain(`没有找到编号「${ref}」`);
});

it('somebody who is free to handle it is told', async () => {
  const told: string[] = [];
  for (const name of ['姜明澈', '田守正', '郑怀瑾']) told.push(await people.named(name).sees());
  expect(told.join('\n')).toContain(ref);
});
