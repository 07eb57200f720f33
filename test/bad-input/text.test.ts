import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bureau, formValues, lastFromBot, openBureau, readable } from '../harness.ts';
import { countIn } from '../platform-contract/report-form.ts';

const STAFF = '林砚秋';
const SUPERVISOR = '程一禾';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say(SUPERVISOR, `指派 1-1 责任领导 孟知行 责任人 ${STAFF} 时限 2026-12-31`);
});
afterAll(() => bureau.close());

const answered = async (name: string, words: string) => lastFromBot(await bureau.say(name, words)).content;
const asked = async (name: string, words: string) => readable(await answered(name, words));
/** What the ledger says of the item now. */
const item = () => asked(SUPERVISOR, '查看 1-1');

describe('a text of 100,000 characters', () => {
  const long = `进展 1-1 ${'长'.repeat(99_993)}`;

  it('is refused with how long it is and may be, has no effect, and stands in the window as it was typed', async () => {
    const before = await item();
    const messages = await bureau.say(STAFF, long);
    expect(readable(lastFromBot(messages).content)).toBe(
      '这条消息有 100000 字，最多可以处理 20000 字，未作任何登记。请分成几条，或精简后再发。',
    );
    expect(messages.find(({ from }) => from === 'person')?.content).toEqual({ kind: 'text', text: long });
    expect(await item()).toBe(before);
  });

  it('counts a character outside the first 65,536 as one', async () => {
    expect(await asked(STAFF, '😀'.repeat(20_000))).toContain('没有听懂');
    expect(await asked(STAFF, '😀'.repeat(20_001))).toContain('这条消息有 20001 字');
  });
});

describe('characters that people do not see', () => {
  it.each([
    ['a direction mark before the word', '\u202E我的整改'],
    ['direction marks around the word', '\u2067我的整改\u2069\u200F'],
    ['zero-width characters inside the word', '我\u200B的\u2060整\uFEFF改'],
    ['a zero-width joiner inside the word', '我的\u200D整改'],
    ['a soft hyphen inside the word', '我的\u00AD整改'],
    ['wide spaces around the word', '\u3000我的整改\u3000'],
  ])('do not hide a word: %s', async (_what, words) => {
    expect(await asked(STAFF, words)).toContain('我的整改（1 项）');
  });

  it('alone are an empty message', async () => {
    expect(await asked(STAFF, '\u200B\u202E \uFEFF')).toMatch(/^没有听懂「（空）」/);
  });
});

describe('what could mean something to a program', () => {
  it.each([
    ['a call to all', '<at user_id="all">所有人</at>'],
    ['markdown', '**加粗** [链接](http://example.invalid) `code` # 标题'],
    ['a formula', '=HYPERLINK("http://x")'],
    ['a script', '<script>alert(1)</script>'],
    ['a template', '$' + '{process.exit()} {{7*7}}'],
    ['pictures made of several', '👨‍👩‍👧‍👦 👍🏽 ❤️‍🔥 🇨🇳'],
    ['quotes and slashes', "'; DROP TABLE Entry; -- \\ %_"],
  ])('is kept as plain text, character for character: %s', async (_what, typed) => {
    expect(await asked(STAFF, `进展 1-1 ${typed}`)).toContain('已记录进展 Z1-1-1');
    expect(await item()).toContain(`最新进展（2026-11-23）：${typed}\n`);
  });

  it('is a search for those characters in 台账', async () => {
    for (const typed of ["'", '"', '\\', '__proto__', 'constructor', '<at']) {
      const answer = await asked(SUPERVISOR, `台账 ${typed}`);
      expect(countIn(answer)).toBe(0);
      expect(answer).toContain(`条件：含「${typed}」`);
    }
  });

  it('is repeated in an answer as plain text, and not longer than a glance', async () => {
    const answer = await answered(STAFF, '<at user_id="all">所有人</at> 开会');
    expect(readable(answer)).toContain('没有听懂「<at user_id="all">所有…」');
  });
});

describe('what is no text', () => {
  it('as NUL and half of a character is answered, and the service goes on', async () => {
    for (const typed of [
      '\u0000',
      '台账 a\u0000b',
      '\uD800',
      '\uDC00查看 1-1',
      '查看 1-1\uD83D',
      '\uFFFF\uFFFE',
    ])
      expect(await asked(SUPERVISOR, typed)).toMatch(/没有听懂|没有符合条件|Z1-1-1/);
  });

  it('is left out of what is recorded, and half of a character is shown as one that is missing', async () => {
    expect(await asked(STAFF, '进展 1-1 示例：已\u0000征求\uD83D意见')).not.toContain('故障');
    expect(await item()).toContain('已征求\uFFFD意见');
  });

  it('as an empty message is answered with what can be said', async () => {
    expect(await asked(STAFF, '')).toMatch(/^没有听懂「（空）」。您是不是想说「.+」或「.+」？/);
  });
});

describe('a number', () => {
  it.each([
    ['查看 Z9-9-9', 'Z9-9-9'],
    ['指派 99-1', '99-1'],
    ['核验 ABCD-2345', 'ABCD-2345'],
    ['进展 0-0 完成', '0-0'],
    ['查看 99999999999999999999', '99999999999999999999'],
  ])('that nobody has: %s', async (words, ref) => {
    expect(await asked(SUPERVISOR, words)).toBe(
      `没有找到编号「${ref}」，或它不在您可以查看的范围内。请核对编号。`,
    );
  });

  it.each([
    ['查看', '请写明编号，例如「查看 '],
    ['指派', '请写明编号：「指派 '],
    ['核查', '请写明编号：「核查 '],
    ['核验', '请写明编号，或粘贴整段回执，例如「核验 '],
  ])('that is missing behind 「%s」 is asked for', async (word, sentence) => {
    expect(await asked(SUPERVISOR, word)).toContain(sentence);
  });
});

describe('a date', () => {
  const assign = (due: string) => `指派 1-2 责任领导 孟知行 责任人 ${STAFF} 时限 ${due}`;

  it.each([
    ['in the past', '2026-01-31', '2026-01-31 已经过去，今天是 2026-11-23'],
    ['that the calendar does not have', '2026-02-30', '2026-02-30'],
    ['that is none', '猴年马月', '猴年马月'],
  ])('%s is refused, and nothing is assigned', async (_what, due, said) => {
    const answer = await answered(SUPERVISOR, assign(due));
    expect(readable(answer)).toContain(said);
    expect(await asked(SUPERVISOR, '查看 1-2')).toContain('Z1-1-2 · 待分派');
    if (answer.kind === 'form')
      expect(formValues(answer)).toMatchObject({ responsible: [bureau.idOf(STAFF)] });
  });

  it.each([
    '2026-02-30前',
    '99-99前',
    '2026-13-01前',
    '9999-12-31前',
  ])('that the calendar does not have is no condition: %s', async (word) => {
    const answer = await asked(SUPERVISOR, `台账 ${word}`);
    expect(answer).not.toMatch(/^台账：/);
    expect(answer).toContain(word.slice(0, 4));
  });

  it('that the calendar does not have is left out of a form that a sentence opens', async () => {
    const form = await answered(STAFF, '2月30日下午三点李处长打电话让我在评审中关照');
    expect(formValues(form)).not.toHaveProperty('happenedAt');
    expect(formValues(form)).toMatchObject({ channel: 'phone', intercessorName: '李处长' });
  });
});
