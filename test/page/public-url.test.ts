import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { pagesAt } from '../../bot/pages-at.ts';
import type { ChatPlatform } from '../../bot/platform.ts';
import { readEnvironment } from '../../config/environment.ts';
import { rulesSchema } from '../../config/rules.ts';
import { startService } from '../../start.ts';
import { StandInPlatform } from '../bot/stand-in-platform.ts';
import { START, tickingFrom } from '../bureau.ts';

const lark = { name: 'lark' } as ChatPlatform;
const rulesWith = (travel: 'chat' | 'page') => rulesSchema.parse({ contents: { travel: { lark: travel } } });
const at = (variables: Record<string, string>, travel: 'chat' | 'page' = 'page', platform = 'lark') =>
  pagesAt(readEnvironment(variables), rulesWith(travel), [lark], () => 'http://127.0.0.1:3000')?.(platform);

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

  it('is where pages are; without it they are where this machine listens, for who chats on it and nobody else', () => {
    expect(at({ HOST: '0.0.0.0', PUBLIC_URL: 'https://a.example.cn' })).toBe('https://a.example.cn');
    expect(at({}, 'page', 'local')).toBe('http://127.0.0.1:3000');
    for (const phone of ['lark', 'wechat']) expect(at({}, 'page', phone)).toBeUndefined();
    expect(at({ HOST: '0.0.0.0' }, 'chat')).toBeUndefined();
  });

  it('is asked for at the start where pages are needed and nobody would reach them', () => {
    expect(() => at({ HOST: '0.0.0.0' })).toThrow('PUBLIC_URL must say where');
  });
});

it('the operator is told at the start that phones get no pages, and that WeChat alone gives no codes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-public-'));
  const warned = async (variables: Record<string, string>) => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const wechat = Object.assign(new StandInPlatform(), { name: 'wechat', accounts: 'bound' });
    const environment = readEnvironment({ DATA_DIR: folder, PORT: '0', ...variables });
    const world = { now: tickingFrom(START), log, platforms: [wechat.setting] };
    await (await startService(environment, world)).stop();
    return lines.join('');
  };
  const alone = await warned({ LOCAL_CHAT: 'off' });
  expect(alone).toContain('PUBLIC_URL is not set');
  expect(alone).toContain('WeChat is the only platform');
  expect(await warned({ LOCAL_CHAT: 'on', PUBLIC_URL: 'https://a.example.cn' })).toBe('');
  await rm(folder, { recursive: true });
});
