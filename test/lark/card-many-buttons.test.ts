import { expect, it } from 'vitest';
import { elementsOf, notice } from './card-of-content.ts';

const WORDS = ['进展', '按计划', '有困难', '补充佐证', '申请延期', '申请暂难', '查看'];

it('eight rows of seven buttons keep the first four and the way into each, rather than three', () => {
  const sections = WORDS.concat('又').map((_, index) => {
    const ref = `Z1-1-${index + 1}`;
    const actions = WORDS.map((word) => ({ action: `${word} ${ref}`, label: word }));
    return { heading: `${ref} 修订评审工作规程`, lines: ['已签收'], actions };
  });
  const rows = elementsOf(notice(sections)).filter((element) => 'columns' in element);
  const labels = [...JSON.stringify(rows[0]).matchAll(/"content":"([^"]+)"/g)].map(([, label]) => label);
  expect(rows).toHaveLength(8);
  expect(labels).toEqual(['进展', '按计划', '有困难', '补充佐证', '查看']);
});
