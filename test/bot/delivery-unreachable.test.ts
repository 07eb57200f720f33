import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import { readable } from '../harness.ts';
import { type MessagesInLine, openMessagesInLine, READER, SHORT, SUPERVISOR } from './messages-in-line.ts';
import { STAND_IN } from './stand-in-platform.ts';

/** Nothing reaches this account any more. */
class Unreachable extends SendFailure {
  override readonly unreachable = true;
}

let inLine: MessagesInLine;

beforeEach(async () => {
  inLine = await openMessagesInLine({ rules: SHORT });
});
afterEach(() => inLine.close());

describe('whom nothing reaches any more', () => {
  const TOLD = '有消息未能送达';
  const toldTo = (name: string) => inLine.seenBy(name).filter((words) => words.startsWith(TOLD));
  const marked = async () =>
    (await inLine.other.database.rows.account.findFirst({ where: { personId: inLine.idOf(READER) } }))
      ?.unreachable;

  it('is marked, the 督查员 are told once a day, and the mark goes when something arrives', async () => {
    const personId = inLine.idOf(READER);
    await inLine.other.database.write((rows) =>
      rows.account.create({ data: { platform: STAND_IN, externalId: personId, personId } }),
    );
    let isThere = false;
    inLine.platform.onSend = async ({ address }) => {
      if (!isThere && address.externalId === personId) throw new Unreachable('the person left', true);
    };
    await inLine.notify(personId, '一', '二');
    await inLine.passSeconds(1);
    await inLine.passSeconds(1);
    expect(await marked()).toBe('the person left');
    expect(toldTo(SUPERVISOR)).toHaveLength(1);
    expect(toldTo('叶知秋')).toHaveLength(1);
    expect(toldTo(SUPERVISOR)[0]).toContain(`${READER}（高新技术科）收不到消息`);
    // Both 督查员, and the 系统管理员.
    expect(inLine.platform.shown.map(({ content }) => readable(content))).toHaveLength(3);
    await inLine.notify(personId, '三');
    await inLine.passSeconds(1);
    await inLine.passSeconds(1);
    expect(toldTo(SUPERVISOR)).toHaveLength(1);
    await inLine.passSeconds(86_400);
    await inLine.notify(personId, '四');
    await inLine.passSeconds(1);
    await inLine.passSeconds(1);
    expect(toldTo(SUPERVISOR)).toHaveLength(2);
    expect(inLine.callsOf('四')).toHaveLength(1);
    isThere = true;
    await inLine.notify(personId, '五');
    await inLine.passSeconds(1);
    expect(inLine.seenByReader()).toEqual(['五']);
    expect(await marked()).toBeNull();
  });

  it('is told of whatever the message says that only looks like a number', async () => {
    const personId = inLine.idOf(READER);
    await inLine.other.database.write((rows) =>
      rows.account.create({ data: { platform: STAND_IN, externalId: personId, personId } }),
    );
    inLine.platform.onSend = async ({ address }) => {
      if (address.externalId === personId) throw new Unreachable('the person left', true);
    };
    await inLine.notify(personId, 'KJZX-XMGL 管理规范已修订');
    await inLine.passSeconds(1);
    await inLine.passSeconds(1);
    expect(toldTo(SUPERVISOR)).toHaveLength(1);
  });

  it('is not marked for a message that was refused for another reason', async () => {
    const personId = inLine.idOf(READER);
    await inLine.other.database.write((rows) =>
      rows.account.create({ data: { platform: STAND_IN, externalId: personId, personId } }),
    );
    inLine.platform.onSend = async () => {
      throw new SendFailure('the content is too long', true);
    };
    await inLine.notify(personId, '一');
    await inLine.passSeconds(1);
    await inLine.passSeconds(1);
    expect(await marked()).toBeNull();
    expect(inLine.callsOf('一')).toHaveLength(1);
    expect(
      await inLine.other.database.rows.outbox.count({ where: { key: { startsWith: 'unreachable:' } } }),
    ).toBe(0);
  });
});
