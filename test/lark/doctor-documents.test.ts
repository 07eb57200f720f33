import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { NEEDED_CALLBACKS, NEEDED_EVENTS } from '../../bot/lark/doctor/needed-events.ts';
import { NEEDED_SCOPES } from '../../bot/lark/doctor/needed-scopes.ts';
import { openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import { handlersFor } from '../../handlers/index.ts';
import { ledgers } from '../../ledger/ledgers.ts';

const guide = () => readFile(new URL('../../docs/lark-setup.md', import.meta.url), 'utf8');

/** The first two cells of each row below the heading, and whether the row says that it is not needed. */
async function table(heading: string): Promise<{ code: string; second: string; optional: boolean }[]> {
  const part = (await guide()).split(`| ${heading} |`)[1]?.split('\n\n')[0] ?? '';
  return [...part.matchAll(/^ *\| `([^`]+)` \| ([^|]*) \| ([^|]*) \|/gm)].map(
    ([, code = '', second = '', last = '']) => ({
      code,
      second: second.trim(),
      optional: last.trim().startsWith('可不'),
    }),
  );
}

it('the guide lists the scopes that the code needs, and why each', async () => {
  expect(await table('权限')).toEqual(
    NEEDED_SCOPES.map(({ name, why, optional }) => ({
      code: name,
      second: why,
      optional: optional ?? false,
    })),
  );
});

it('the guide has all of them as one import', async () => {
  const json = /```json\n([\s\S]*?)```/.exec(await guide())?.[1] ?? '';
  expect(JSON.parse(json)).toEqual({ scopes: { tenant: NEEDED_SCOPES.map(({ name }) => name), user: [] } });
});

it.each([
  ['事件', NEEDED_EVENTS],
  ['回调', NEEDED_CALLBACKS],
] as const)('the guide lists each %s that the code needs, under the name of the console', async (heading, needed) => {
  expect(await table(heading)).toEqual(
    needed.map(({ type, name, optional }) => ({ code: type, second: name, optional: optional ?? false })),
  );
});

it('needs exactly the events that the house does something about', () => {
  const nothing = async () => undefined;
  const dispatcher = openDispatcher(
    { message: nothing, press: async () => ({}), directory: nothing },
    { platform: 'lark', botOpenId: () => undefined, now: () => new Date(), log: pino({ level: 'silent' }) },
  );
  const ignored = [
    'im.message.recalled_v1',
    'im.message.message_read_v1',
    'im.chat.member.bot.added_v1',
    'im.chat.member.bot.deleted_v1',
  ];
  const handled = [...dispatcher.handles.keys()].filter((type) => !ignored.includes(type));
  const needed = [...NEEDED_EVENTS, ...NEEDED_CALLBACKS].map(({ type }) => type);
  expect(handled.toSorted()).toEqual(needed.toSorted());
});

it('the guide offers only menu entries that mean something, and that fit', async () => {
  const part = (await guide()).split('| 菜单名称 |')[1]?.split('\n\n')[0] ?? '';
  const keys = [...part.matchAll(/^\| [^|]+ \| `([^`]+)` \|/gm)].map(([, key]) => key ?? '');
  expect(keys.length).toBeGreaterThan(3);
  const names = handlersFor(ledgers).map(({ name }) => name);
  for (const key of keys) {
    expect(names).toContain(key);
    expect(key.length).toBeLessThanOrEqual(30);
  }
});
