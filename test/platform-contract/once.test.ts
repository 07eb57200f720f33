import { afterAll, beforeAll, expect, it } from 'vitest';
import { ledgers } from '../../ledger/ledgers.ts';
import { openStore } from '../../open-store.ts';
import type { Person } from './person.ts';
import { assign, openPeople, type People } from './the-people.ts';

const SUPERVISOR = '程一禾';
const LEADER = '孟知行';

let people: People;
let responsible: Person;
beforeAll(async () => {
  people = await openPeople();
  responsible = people.named('林砚秋');
  await assign(people.named(SUPERVISOR), { leader: LEADER, responsible: responsible.name });
  await responsible.says('签收 1-1');
});
afterAll(() => people.bureau.close());

async function recorded(): Promise<number> {
  const store = await openStore(people.bureau.environment, ledgers);
  const count = await store.database.rows.auditRecord.count();
  await store.database.close();
  return count;
}

it('what a platform delivers twice is answered once and recorded once', async () => {
  const before = await recorded();
  const answers = await responsible.saysTwice('进展 1-1 示例：初稿已完成');
  expect(answers).toHaveLength(1);
  expect(answers[0]).toContain('Z1-1-1');
  expect(await recorded()).toBe(before + 1);
});

it('the same words said again are another message', async () => {
  expect(await responsible.says('我的整改')).toContain('Z1-1-1');
  expect(await responsible.says('我的整改')).toContain('Z1-1-1');
});

it('an account that is nobody’s learns nothing, and leaves nothing in the record', async () => {
  const before = await recorded();
  const told = new Set<string>();
  for (const words of ['帮助', '台账', '查看 1-1', '我要报告', '进展 1-1 示例：路人说的话', '零报告'])
    for (const line of await people.bureau.strangerSays(words)) told.add(line);
  expect(told.size).toBeLessThanOrEqual(1);
  expect([...told].join()).not.toMatch(/Z1-|林砚秋|孟知行|我要报告|我的整改|说情打招呼/u);
  expect(await recorded()).toBe(before);
  expect(await responsible.says('查看 1-1')).not.toContain('路人说的话');
});
