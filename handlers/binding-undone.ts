import { unbindAccount } from '../ledger/binding/bind-account.ts';
import { WECHAT } from '../ledger/binding/by-code.ts';
import type { Person } from '../ledger/directory.ts';
import { type Content, text } from '../ledger/message.ts';
import type { Operation } from '../ledger/operation.ts';
import { enqueue } from '../ledger/outbox.ts';
import { Refusal } from '../ledger/refusal.ts';
import { hasWechat } from './binding.ts';
import type { Asking, Command } from './define.ts';

const WORD = '解绑微信';
const CONFIRM = '确认';

/**
 * 解绑微信: takes the WeChat account from who asks, or, for the 系统管理员, from somebody else; it is asked first. Who was bound
 * there is a stranger afterwards.
 */
export const bindingUndone: Command = {
  kind: 'command',
  name: 'binding-undone',
  words: [WORD],
  usage: WORD,
  help: '解除您名下微信号的绑定；系统管理员可在后面写姓名或工号，为他人解除',
  group: '其他',
  may: () => true,
  relevant: async (asking) =>
    hasWechat(asking) && (isAdministrator(asking.person) || (await isBound(asking, asking.person))),
  fields: {},
  async plan(asking, typed) {
    const { who, isConfirmed } = read(typed);
    const target = personMeant(asking, who);
    if (!(await isBound(asking, target))) throw notBound(asking, target);
    return {
      subject: `${target.id} ${asking.platform}`,
      title: WORD,
      intro: [],
      fields: {},
      start: {},
      given: {},
      confirm: false,
      ...(!isConfirmed && { instead: async () => question(asking, target) }),
    };
  },
  async decide(operation, actor, subject): Promise<Content> {
    const [id = '', platform = ''] = subject.split(' ');
    const target = operation.directory.byId(id);
    const isOwn = id === actor.id;
    if (!target || (!isOwn && !isAdministrator(actor))) throw notForOthers();
    if (!(await unbindAccount(operation, id, WECHAT)))
      throw new Refusal('wrong-state', '刚刚已经解绑，没有重复操作。');
    // Where he did it himself, and is believed to be who he is, the answer says it.
    if (!isOwn || platform === WECHAT) await tell(operation, target, isOwn);
    if (!isOwn) return text(`已解绑${target.name}的微信号，并已告知本人。`);
    return text(
      `已解绑。此后那个微信号不再得到任何答复；要再次使用，请${platform === WECHAT ? '在其他平台' : ''}发送「绑定微信」。`,
    );
  },
};

/** What stands behind the word: whom it is about, and whether it was asked already. */
function read(typed: string): { who: string; isConfirmed: boolean } {
  const words = typed.split(/[\s,，:：]+/u).filter((word) => word !== '');
  const isConfirmed = words.at(-1) === CONFIRM;
  return { who: (isConfirmed ? words.slice(0, -1) : words).join(' '), isConfirmed };
}

/** @throws Refusal, for whoever may not do it for others in the same words whether there is such a person */
function personMeant({ person, directory }: Asking, who: string): Person {
  const said = who.normalize('NFKC');
  if (said === '' || said === person.staffNumber) return person;
  if (!isAdministrator(person)) {
    if (said === person.name) return person;
    throw notForOthers();
  }
  const numbered = directory.people.filter(({ staffNumber }) => staffNumber === said);
  const found = numbered.length > 0 ? numbered : directory.named(said);
  const [first, ...others] = found;
  if (!first)
    throw new Refusal('unknown-person', `没有在职人员的工号或姓名是「${said.slice(0, 20)}」，请核对。`);
  if (others.length > 0) throw several(said, found);
  return first;
}

const several = (name: string, found: readonly Person[]): Refusal => {
  const named = found.map(({ staffNumber, department }) => `${staffNumber}（${department}）`);
  return new Refusal('invalid-input', `有 ${found.length} 位「${name}」，请改用工号：${named.join('、')}。`);
};

const notForOthers = (): Refusal =>
  new Refusal('not-permitted', `为他人解绑由系统管理员办理；解绑您自己的微信号，请发送「${WORD}」。`);

function notBound(asking: Asking, target: Person): Refusal {
  if (!hasWechat(asking)) return new Refusal('not-enabled', '本单位没有启用微信。');
  const whose = target.id === asking.person.id ? '您' : target.name;
  return new Refusal('wrong-state', `${whose}没有绑定微信号，不用解绑。`);
}

const isAdministrator = ({ roles }: Person): boolean => roles.includes('administrator');

const isBound = async ({ rows }: Pick<Asking, 'rows'>, { id }: Person): Promise<boolean> =>
  (await rows.account.count({ where: { platform: WECHAT, personId: id } })) > 0;

function question({ person, platform }: Asking, target: Person): Content {
  const isOwn = target.id === person.id;
  const line = [WORD, ...(isOwn ? [] : [target.staffNumber]), CONFIRM].join(' ');
  const lines = isOwn
    ? [
        '解绑以后，您的微信号在机器人那里得不到任何答复；已登记的内容不受影响。',
        ...(platform === WECHAT ? ['要再绑定，须在其他平台领取绑定码，在微信里办不了。'] : []),
      ]
    : [
        `${target.name}（${target.staffNumber}，${target.department}）的微信号将得不到任何答复，本人会收到通知。`,
      ];
  return {
    kind: 'notice',
    title: isOwn ? '要解绑您的微信号吗？' : `要解绑${target.name}的微信号吗？`,
    tone: 'yellow',
    // Typed, a bare 「确认」 could mean anything.
    sections: [
      {
        lines: [
          ...lines,
          ...(platform === WECHAT
            ? [`请整句回复「${line}」，只回复「${CONFIRM}」不算；不解绑，不用回复。`]
            : []),
        ],
      },
    ],
    actions: [{ action: line, label: '确认解绑', style: 'danger' }],
  };
}

/** He has no account there any more: it reaches him elsewhere. */
async function tell({ store, rows, at }: Operation, target: Person, isOwn: boolean): Promise<void> {
  const by = isOwn ? '是在微信里发送「解绑微信」解绑的。' : '由系统管理员解绑。';
  await enqueue(store, rows, at, {
    key: `${WECHAT}-unbound:${target.id}:${at.toISOString()}`,
    personId: target.id,
    content: {
      kind: 'notice',
      title: '您名下的微信号已解绑',
      tone: 'plain',
      sections: [{ lines: [`${by}如不是您的意思，请告诉系统管理员。`] }],
      actions: [{ action: '绑定微信', label: '重新绑定' }],
    },
    notBefore: at,
  });
}
