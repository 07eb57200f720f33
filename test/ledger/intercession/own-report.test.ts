import { expect, test } from 'vitest';
import type { Person } from '../../../ledger/directory.ts';
import { freshCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const VALUES = {
  conclusion: 'suspected',
  reason: '示例',
  disposal: 'reminder',
  detail: '示例',
  feedback: '示例',
};
/** The way of a report through an officer's hands. */
const WAY = ['受理', '开始甄别', '甄别', '处置', '反馈', '归档'];

let record: SampleRecord;
let reporter: Person;
let officer: Person;

freshCopies(AT, async (copy) => {
  record = copy;
  reporter = await personNamed(copy.store, '唐文澜');
  officer = await personNamed(copy.store, '姜明澈');
});

const step = (person: Person, word: string, ref: string) =>
  takeStep(record.store, { person, word, ref, at: AT, values: VALUES });

test('an officer who files a report takes no step with it himself; another officer takes all of them', async () => {
  const ref = await fileReport(record.store, reporter, AT);
  expect((await takeMessages(record.store)).map(({ to }) => to)).toEqual(['姜明澈']);
  for (const word of WAY) {
    await expect(step(reporter, word, ref)).rejects.toThrow(
      `${ref} 是您本人提交的记录，须由其他受理人员办理。`,
    );
    await step(officer, word, ref);
  }
  expect(await record.store.database.rows.entry.findUnique({ where: { ref } })).toMatchObject({
    state: 'archived',
  });
});

test('when all officers are named it goes to the 派驻纪检组, who takes all steps', async () => {
  const ref = await fileReport(record.store, await personNamed(record.store, '许星阑'), AT, {
    intercessorName: '姜明澈',
    goBetween: '唐文澜',
  });
  expect((await takeMessages(record.store)).map(({ to }) => to)).toEqual(['郑怀瑾']);
  const resident = await personNamed(record.store, '郑怀瑾');
  for (const word of WAY) {
    for (const named of [officer, reporter]) {
      await expect(step(named, word, ref)).rejects.toThrow(`没有找到编号「${ref}」`);
    }
    await step(resident, word, ref);
  }
});

test('the reporter is told of every step, in words that carry a number and no content', async () => {
  const ref = await fileReport(record.store, await personNamed(record.store, '许星阑'), AT, {
    intercessorName: '孟知行',
    content: '电话里请求照顾',
  });
  await takeMessages(record.store);
  const told: string[] = [];
  for (const word of WAY) {
    await step(officer, word, ref);
    const messages = await takeMessages(record.store);
    expect(messages.every(({ to }) => to === '许星阑')).toBe(true);
    expect(JSON.stringify(messages)).not.toMatch(/孟知行|照顾|示例/);
    told.push(
      ...messages.flatMap(
        ({ content }) => (content.kind === 'notice' ? content.sections[0]?.lines[0] : []) ?? [],
      ),
    );
  }
  expect(told).toEqual([
    `${ref} 现为「已受理」。`,
    `${ref} 现为「甄别中」。`,
    `${ref} 现为「甄别完成，正在办理」。`,
    `${ref} 现为「处置中」。`,
    `${ref} 现为「已向您反馈」。`,
    `${ref} 现为「已归档」。`,
  ]);
});
