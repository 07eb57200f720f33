import { expect, test } from 'vitest';
import { linesOf, oneReport } from './one-report.ts';

/** A Monday, 10:00. */
const AT = new Date('2026-11-23T02:00:00Z');
const OFFICER = '唐文澜';
const report = oneReport(AT);

test('a reason that was given stands alone in the answer and in the record, without its label', async () => {
  await report.seen(OFFICER);
  const answer = linesOf(await report.ask(OFFICER, `备查 ${report.ref} 理由：示例，来电询问办事流程`));
  expect(answer[0]).toBe(`已备查 ${report.ref}`);
  expect(answer.join('\n')).toContain('理由记为「示例，来电询问办事流程」');
  expect(answer.join('\n').match(/理由/g)).toHaveLength(1);
  expect(await report.seen(OFFICER)).toContain('甄别结论：正常履职·备查。示例，来电询问办事流程');
});
