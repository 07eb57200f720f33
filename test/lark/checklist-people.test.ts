import { afterAll, beforeAll, expect, it } from 'vitest';
import { ledgers } from '../../ledger/ledgers.ts';
import { openStore } from '../../open-store.ts';
import { button, lastFromBot } from '../harness.ts';
import { type LarkBureau, openLarkBureau } from './lark-bureau.ts';

const SUPERVISOR = '程一禾';
const LEAVER = '林砚秋';
const HEAD = '方远山';
const OFFICER = '唐文澜';
const SUCCESSOR = '许星阑';

let bureau: LarkBureau;
beforeAll(async () => {
  bureau = await openLarkBureau('lark-webhook');
});
afterAll(() => bureau.close());

const seenBy = (name: string) => JSON.stringify(bureau.standIn.messages(bureau.openIdOf(name)));

it('who leaves keeps no item: it passes to his head, who is told without anybody having to speak', async () => {
  await bureau.say(SUPERVISOR, `指派 1-1 责任领导 孟知行 责任人 ${LEAVER} 时限 2026-12-31`);
  const { standIn } = bureau;
  const openId = bureau.openIdOf(LEAVER);
  const person = standIn.directory.people.get(openId);
  if (person) person.isResigned = true;
  await standIn.push('contact.user.deleted_v3', { object: { open_id: openId, name: LEAVER } });
  await expect.poll(() => seenBy(HEAD), { timeout: 15_000 }).toContain('Z1-1-1');
  expect(seenBy(HEAD)).toMatch(/交接|接手/);
});

it('an account that goes over to somebody else takes no card of its former owner along', async () => {
  const card = lastFromBot(await bureau.say(SUPERVISOR, '查看 1-2'));
  const account = { platform: 'lark', externalId: bureau.openIdOf(SUPERVISOR) };
  const store = await openStore(bureau.environment, ledgers);
  await store.database.write((rows) =>
    rows.account.update({
      where: { platform_externalId: account },
      data: { personId: bureau.idOf(SUCCESSOR) },
    }),
  );
  await store.database.close();
  const before = seenBy(SUPERVISOR);
  await bureau.say(OFFICER, '指派 1-2 责任领导 孟知行 责任人 秦书遥 时限 2026-12-31');
  expect(seenBy(SUPERVISOR)).toBe(before);
  const pressed = await bureau.act(SUPERVISOR, card.messageId, button(card.content, '指派'));
  expect(pressed.card).toBeUndefined();
});
