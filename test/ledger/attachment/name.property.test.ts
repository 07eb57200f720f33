import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import {
  cleanName,
  endingOf,
  isRefusedName,
  keptName,
  LONGEST_NAME,
} from '../../../ledger/attachment-name.ts';

const part = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '../',
    '..\\',
    '/',
    'C:\\',
    '\u202E',
    '\u0000',
    '\n',
    '.',
    ' ',
    '来函',
    '😀',
    '.png',
    '%2e',
  ),
);
const anyName = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

it('whatever a file is called, the name that is kept is one short line that names no place', () => {
  fc.assert(
    fc.property(anyName, (given) => {
      const name = keptName(given, ['png']);
      expect([...name].length).toBeLessThanOrEqual(LONGEST_NAME);
      expect(name).not.toMatch(/[\\/:*?"<>|]/u);
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(name).not.toMatch(/^[. ]/u);
      expect(endingOf(name)).toBe('png');
    }),
  );
});

test.each([
  ['../../etc/passwd', 'passwd.txt'],
  ['C:\\Users\\说明.TXT', '说明.txt'],
  ['来函\u202Egpj.txt', '来函gpj.txt'],
  ['...', '未命名.txt'],
  ['', '未命名.txt'],
  ['照片.jpg', '照片.jpg.txt'],
  ['科室:来函*终稿?.txt', '科室_来函_终稿_.txt'],
  ['来函 \t  终稿.txt', '来函 终稿.txt'],
  ['.. .来函.txt. ..', '来函.txt'],
  [`${'长'.repeat(120)}.txt`, `${'长'.repeat(96)}.txt`],
  ['😀'.repeat(120), `${'😀'.repeat(96)}.txt`],
  [`${'长'.repeat(95)} 终稿`, `${'长'.repeat(95)}.txt`],
])('「%s」 is kept as 「%s」', (given, kept) => {
  expect(keptName(given, ['txt'])).toBe(kept);
});

test.each([
  'a.exe',
  'a.EXE',
  '来函.docm',
  'x.html',
  'x.svg',
  'x.tar.gz',
  '说明.exe ',
  '说明.ex\u200Be',
  'a.lnk.',
])('a file may not be called 「%s」', (name) => {
  expect(isRefusedName(name)).toBe(true);
});

it('a name without an ending, or with dots only, is not refused for it', () => {
  expect(['说明', 'a.b.txt', 'v1.2.pdf', ''].filter(isRefusedName)).toEqual([]);
  expect(cleanName('a\u0007\u202Eb')).toBe('ab');
});

it('an ending has one to ten letters or figures, behind the last dot', () => {
  const names = [
    '说明',
    '说明.',
    '说明.TXT',
    'a.tar.gz',
    '.1234567890',
    '.12345678901',
    '说明.文本',
    'a.b c',
  ];
  expect(names.map(endingOf)).toEqual(['', '', 'txt', 'gz', '1234567890', '', '文本', '']);
});
