import { bindAccount } from '../../ledger/binding/bind-account.ts';
import { readCode } from '../../ledger/binding/code.ts';
import { trustedAddress } from '../../ledger/binding/trusted-address.ts';
import { type Tried, tryCode } from '../../ledger/binding/try-code.ts';
import { type Person, readDirectory } from '../../ledger/directory.ts';
import { type Content, text } from '../../ledger/message.ts';
import { type Operation, operate } from '../../ledger/operation.ts';
import { enqueue } from '../../ledger/outbox.ts';
import { tidyText } from '../parse.ts';
import { settle, settledBefore } from '../settle.ts';
import { travelsByPage } from '../travel.ts';
import { type Said, WECHAT } from './acquaintances.ts';
import type { LoginParts } from './login-parts.ts';
import type { Contact } from './protocol.ts';
import { unusedAccount } from './remark.ts';
import { tellOfGuessing } from './tell-alarm.ts';

/** What it takes to make a contact somebody's account. */
interface Becoming {
  contact: Contact;
  said: Said;
  code: string;
  person: Person;
  /** The id of our own by which the ledger knows the contact from now on. */
  account: string;
  remark: string;
}

/**
 * @returns takes what a stranger typed. Whatever is no good code gets no answer, and nobody learns from it what is here.
 *
 * The remark is set first: whenever the process dies, either the code is still good, or the contact is known again.
 */
export function openBinding(parts: LoginParts): (contact: Contact, said: Said) => Promise<void> {
  const { store, remarks, becoming } = parts;
  return async (contact, said) => {
    const code = readCode(tidyText(said.text));
    if (code === undefined) return;
    const tried = await tryIt(parts, contact, said, code);
    if (tried.is !== 'right') return;
    const { rows } = store.database;
    const person = (await readDirectory(rows)).byId(tried.personId);
    if (!person) return;
    const account = await unusedAccount(rows);
    const remark = await remarks.write(person.name, account);
    becoming.add(contact.id);
    await become(parts, { contact, said, code, person, account, remark }).finally(() =>
      becoming.delete(contact.id),
    );
  };
}

async function become(parts: LoginParts, becoming: Becoming): Promise<void> {
  const { claims, anchoring } = parts;
  const { contact, account, remark } = becoming;
  const isAnchored = await anchoring.write(contact.id, remark);
  // Who cannot be known again, and is gone by now, types his code once more.
  if (!parts.isPresent()) return;
  const before = claims.saidOf(contact.id);
  claims.settle(contact.id, account);
  const isBound = await bind(parts, becoming, isAnchored).catch((fault: unknown) => {
    unsettle();
    throw fault;
  });
  if (!isBound) return unsettle();
  if (!isAnchored) anchoring.insist(contact.id, remark);
  parts.recorded();

  function unsettle(): void {
    claims.drop(contact.id);
    for (const each of before) claims.add(contact.id, each);
    anchoring.insist(contact.id, '');
  }
}

async function tryIt(parts: LoginParts, { id }: Contact, { key, at }: Said, code: string): Promise<Tried> {
  const { store, recorded } = parts;
  const tried = await store.database.write(async (rows) => {
    const result = await tryCode(store, rows, { platform: WECHAT, contact: id, key, code, at });
    if (result.is === 'wrong' && result.isAlarm) await tellOfGuessing(parts, rows, at);
    return result;
  });
  if (tried.is === 'wrong' && tried.isAlarm) recorded();
  return tried;
}

/** @returns whether the code was still good: of two who type it at once, one is bound */
function bind({ store, everybody }: LoginParts, becoming: Becoming, isAnchored: boolean): Promise<boolean> {
  const { said, person, account, code } = becoming;
  const { key, text: typed, at } = said;
  return operate(store, { actor: person, at }, async (operation) => {
    if (await settledBefore(store, operation.rows, key)) return false;
    const binding = { platform: WECHAT, externalId: account, personId: person.id, code };
    const done = await bindAccount(operation, binding);
    if (!done) return false;
    const inbound = { kind: 'message', key, platform: WECHAT, account, text: typed, at } as const;
    const outcome = { reply: welcome(person, isAnchored, travelsByPage(store.rules, WECHAT)), answer: {} };
    await settle({ store }, operation.rows, { inbound, person, outcome, at });
    await warn(operation, becoming, done.isReplaced, everybody);
    return true;
  });
}

/** He is told where somebody else says who he is, at once: it may not have been he. */
async function warn(
  { store, rows, at }: Operation,
  { contact, person, account }: Becoming,
  isReplaced: boolean,
  everybody: string | undefined,
): Promise<void> {
  const address = await trustedAddress(rows, person.id, everybody);
  await enqueue(store, rows, at, {
    key: `${WECHAT}-bound:${account}`,
    personId: person.id,
    content: boundNotice(contact.name, isReplaced, store.calendar.display(at)),
    ...(address && { address }),
    notBefore: at,
  });
}

const welcome = ({ name }: Person, isAnchored: boolean, isByPage: boolean): Content =>
  text(
    [
      `绑定成功，${name}您好。发送「帮助」，查看在这里能做什么；发送「解绑微信」，随时解除。`,
      ...(isByPage
        ? ['主动发给您的消息只有编号和状态。说情打招呼的内容和文件只在网页上填写、查看，请不要发在这里。']
        : []),
      ...(isAnchored
        ? []
        : ['还有一步没有做成，正在重试：以后如果我在这里不再答复，请重新发送「绑定微信」领取绑定码。']),
    ].join('\n'),
  );

/** Characters of a name that anybody can choose. */
const SHOWN_NAME = 20;

const boundNotice = (nickname: string, isReplaced: boolean, at: string): Content => ({
  kind: 'notice',
  title: '一个微信号已绑定到您名下',
  tone: 'yellow',
  sections: [
    {
      lines: [
        `时间：${at}；该微信号自称「${[...nickname].slice(0, SHOWN_NAME).join('')}」。`,
        ...(isReplaced ? ['您原来绑定的微信号已同时解绑。'] : []),
        '从现在起，它可以代表您使用机器人。如果不是您本人绑定的，请立即发送「解绑微信」，并告诉系统管理员。',
      ],
    },
  ],
  actions: [{ action: '解绑微信', label: '解绑微信', style: 'danger' }],
});
