import { expect, it } from 'vitest';
import { elementsOf, notice } from './card-of-content.ts';

it('a button with an address opens it, and calls nothing back', () => {
  const url = 'https://ledger.example.cn/p/secret';
  const actions = [{ action: '打开 3-2', label: '打开页面', style: 'primary' as const, url }];
  expect(elementsOf(notice([{ lines: ['口令：123456'] }], { actions })).at(-1)).toMatchObject({
    tag: 'button',
    behaviors: [{ type: 'open_url', default_url: url }],
  });
});
