import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Inbound, Receiver } from '../../bot/platform.ts';
import type { Acquaintances, Login } from '../../bot/wechat/acquaintances.ts';
import type { MessageReport } from '../../bot/wechat/protocol.ts';
import { openReceiving } from '../../bot/wechat/receiving.ts';
import { gate } from '../bot/gate.ts';

const AT = new Date('2026-11-20T01:00:00Z');

/** Everybody is known by his contact's id. */
const login: Login = {
  met: async () => undefined,
  accountOf: async ({ id }) => id,
  stranger: async () => undefined,
};
const acquaintances: Acquaintances = {
  login,
  turned: () => undefined,
  contactOf: async () => undefined,
  befriends: async () => false,
  stop: () => undefined,
};

const said = (contact: string, number: number): MessageReport => ({
  kind: 'message',
  id: `${contact}-${number}`,
  timestamp: AT.getTime(),
  from: { id: contact, name: contact, isFriend: true },
  text: '帮助',
});

it('who sends more than can be looked at loses his own messages, and nobody else loses one', async () => {
  const stored: string[] = [];
  const logged: string[] = [];
  const open = gate();
  const receiver: Receiver = {
    recorded: () => undefined,
    async message({ account }: Inbound) {
      await open.opened;
      stored.push(account);
    },
    action: async () => ({}),
  };
  const receiving = openReceiving(
    {
      acquaintances,
      supervision: {
        ask: async () => {
          throw new Error('nothing is asked here');
        },
      },
      pace: { waiting: 0, send: (work) => work() },
      now: () => AT,
      log: pino({ level: 'error' }, { write: (line) => void logged.push(JSON.parse(line).msg) }),
    },
    () => receiver,
  );
  for (let number = 0; number < 300; number++) receiving.message(said('loud', number));
  for (let number = 0; number < 3; number++) receiving.message(said('quiet', number));
  open.open();
  await receiving.settle();
  expect(stored.filter((account) => account === 'quiet')).toHaveLength(3);
  expect(stored.filter((account) => account === 'loud')).toHaveLength(40);
  expect(logged).toEqual(['more comes from WeChat than can be taken: some of it is lost']);
});
