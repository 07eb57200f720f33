import { describe, expect, it } from 'vitest';
import { pagesAt } from '../../bot/pages-at.ts';
import type { ChatPlatform } from '../../bot/platform.ts';
import { readEnvironment } from '../../config/environment.ts';
import { rulesSchema } from '../../config/rules.ts';

const lark = { name: 'lark' } as ChatPlatform;
const rulesWith = (travel: 'chat' | 'page') => rulesSchema.parse({ contents: { travel: { lark: travel } } });
const at = (variables: Record<string, string>, travel: 'chat' | 'page' = 'page') =>
  pagesAt(readEnvironment(variables), rulesWith(travel), [lark], () => 'http://127.0.0.1:3000')?.();

describe('PUBLIC_URL', () => {
  it('is https, or http on this machine, and host and port alone', () => {
    for (const wrong of [
      'http://ledger.example.cn',
      'ftp://a.example.cn',
      'https://a.example.cn/sub',
      'https://u@a.example.cn/',
    ])
      expect(() => readEnvironment({ PUBLIC_URL: wrong }), wrong).toThrow('PUBLIC_URL');
    expect(readEnvironment({ PUBLIC_URL: 'https://a.example.cn/' }).publicUrl).toBe('https://a.example.cn');
    expect(readEnvironment({ PUBLIC_URL: 'http://[::1]:8080' }).publicUrl).toBe('http://[::1]:8080');
  });

  it('is where pages are; without it they are where this machine listens, for itself alone', () => {
    expect(at({ HOST: '0.0.0.0', PUBLIC_URL: 'https://a.example.cn' })).toBe('https://a.example.cn');
    expect(at({})).toBe('http://127.0.0.1:3000');
    expect(at({ HOST: '0.0.0.0' }, 'chat')).toBeUndefined();
  });

  it('is asked for at the start where pages are needed and nobody would reach them', () => {
    expect(() => at({ HOST: '0.0.0.0' })).toThrow('PUBLIC_URL must say where');
  });
});
