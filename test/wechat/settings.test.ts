import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../bot/wechat/limits.ts';
import { readEnvironment } from '../../config/environment.ts';
import { startService } from '../../start.ts';
import { tickingFrom } from '../bureau.ts';
import { openStandIn } from './stand-in/stand-in.ts';
import { MEMBERS, openWechatBureau } from './wechat-bureau.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-wechat-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const world = () => ({ now: tickingFrom('2026-11-23T01:00:00.000Z'), log: pino({ level: 'silent' }) });
const environmentWith = (variables: Record<string, string>) =>
  readEnvironment({ DATA_DIR: folder, PORT: '0', LOCAL_CHAT: 'on', ...variables });

/** The files of WeChat that the program loads without it. */
const LOADED = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
  await import('./start.ts');
  const { wechatSetting } = await import('./bot/wechat/wechat.ts');
  if ((await wechatSetting({})) !== undefined) throw new Error('there is a platform');
  console.log(JSON.stringify(loaded.filter((url) => /wechat|file-box|memory-card/.test(url.slice(import.meta.dirname.length)))));
`;

describe('without WECHAT_PUPPET', () => {
  it('nothing of WeChat is loaded but what asks for the setting', async () => {
    const args = ['--input-type=module', '-e', LOADED];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    const files = (JSON.parse(stdout) as string[]).map((url) => fileURLToPath(url).slice(root.length));
    expect(files.filter((file) => !file.startsWith('config/'))).toEqual(['bot/wechat/wechat.ts']);
  });
});

describe('WECHAT_PUPPET', () => {
  it('brings with it the variables of the puppet, and no other', () => {
    const environment = environmentWith({
      WECHAT_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_TOKEN: 'token',
      LARK_APP_SECRET: '',
      PATH: '/bin',
    });
    expect(environment.wechat).toEqual({
      puppet: 'wechaty-puppet-service',
      variables: { WECHATY_PUPPET_SERVICE_TOKEN: 'token' },
    });
  });

  it('must be a package or a whole path', () => {
    for (const wrong of ['../puppet.ts', 'a b', 'https://example.invalid/puppet.js'])
      expect(() => environmentWith({ WECHAT_PUPPET: wrong })).toThrow('WECHAT_PUPPET: expected the name');
  });

  it('that is not installed stops the start with one sentence', async () => {
    const environment = environmentWith({ WECHAT_PUPPET: 'wechaty-puppet-nowhere' });
    await expect(startService(environment, world())).rejects.toThrow(
      'WECHAT_PUPPET is set, but wechaty-puppet-nowhere is not installed: run npm install --no-save wechaty-puppet-nowhere',
    );
  });

  it('that is no puppet is said to the operator, and the service serves', async () => {
    const notOne = fileURLToPath(new URL('stand-in/wire.ts', import.meta.url));
    const service = await startService(environmentWith({ WECHAT_PUPPET: notOne }), world());
    const readyz = async () => (await fetch(`${service.address}/readyz`)).json();
    await expect
      .poll(readyz, { timeout: 20_000 })
      .toMatchObject({ ready: true, problems: [expect.stringContaining('exports no puppet')] });
    await service.stop();
  });

  it('alone makes the service log in', async () => {
    const standIn = await openStandIn(MEMBERS);
    const service = await startService(environmentWith(standIn.variables), world());
    expect(service.platforms).toEqual(['wechat', 'local']);
    await standIn.until(() => standIn.lives === 1);
    const readyz = async () => (await fetch(`${service.address}/readyz`)).json();
    await expect.poll(readyz, { timeout: 20_000 }).toMatchObject({ platforms: { wechat: true } });
    const { pid } = standIn;
    await service.stop();
    await wait(100);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await standIn.close();
  });
});

it('a puppet that began and that nobody logs in to is given up, and begun anew', async () => {
  const wechat = await openWechatBureau({
    prepare: (standIn) => standIn.onBegin(() => {}),
    world: { limits: { ...defaultLimits, loginWithinMs: 8000, firstRestMs: 50, longestRestMs: 50 } },
  });
  const { standIn, platform } = wechat;
  await standIn.until(() => standIn.lives === 2, 40_000);
  expect(platform.ready()).toBe(false);
  expect(platform.problem?.()).toBe('nobody logged in');
  standIn.logIn();
  await standIn.until(() => platform.ready());
  await wechat.close();
});

it('none of the abandoned packages with known holes is installed with wechaty', async () => {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { name?: string }>;
  };
  const installed = Object.entries(lock.packages).map(
    ([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ''),
  );
  expect(installed).toContain('wechaty');
  const abandoned = [
    'request',
    'tough-cookie',
    'nth-check',
    'lodash.pick',
    'phin',
    'leveldown',
    'fast-xml-parser',
  ];
  expect(abandoned.filter((name) => installed.includes(name))).toEqual([]);
});
