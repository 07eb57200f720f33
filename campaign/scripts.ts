import { randomUUID } from 'node:crypto';
import { button, type ChatMessage, formValues } from '../bot/local/chat-client.ts';
import type { Effect } from './journal.ts';
import { isDone, type Speaker } from './speaker.ts';

/** What one person does, over and over, while the service is killed under his hands. One call is one turn. */
export type Script = () => Promise<void>;

const QUESTIONS = [
  '帮助',
  '台账',
  '台账 整改中',
  '我的整改',
  '我的报告',
  '统计',
  '查看 Z1-1',
  '零报告',
  '随便说说',
];

/** Asks for things to see, often several at once, and for more only once he has his answers: nobody asks faster than he reads. */
export const asker =
  (speaker: Speaker): Script =>
  async () => {
    const questions = Array.from({ length: speaker.random.between(1, 3) }, () =>
      speaker.random.pick(QUESTIONS),
    );
    const before = (await speaker.read()).length;
    const said = await Promise.all(questions.map((question) => speaker.say(question)));
    await speaker.waitForMany(before + said.filter((isTaken) => isTaken).length);
  };

/** Reports a favour asked of him, through the form. @param happenedAt YYYY-MM-DDTHH:mm, not long ago */
export function reporter(speaker: Speaker, happenedAt: string): Script {
  const used = new Set<string>();
  return async () => {
    if (!(await speaker.say('我要报告'))) return;
    const form = await newForm(speaker, used, '说情打招呼记录');
    const token = randomUUID();
    const effect = track(speaker, 'intercession', token);
    const answer = await speaker.act(form.messageId, button(form.content, '提交'), {
      ...formValues(form.content),
      happenedAt,
      channel: 'phone',
      intercessorName: '不详',
      intercessorKind: 'unknown',
      stage: 'review',
      circumstances: ['lobbying'],
      content: `示例：来电请求关照（${token}）`,
      reply: 'refused',
      promise: true,
    });
    effect.acknowledged = answer !== undefined && isDone(answer);
  };
}

/** Assigns measures to people, and sometimes to others again. */
export const supervisor =
  (speaker: Speaker, work: { refs: readonly string[]; workers: readonly string[]; dueOn: string }): Script =>
  async () => {
    const { random } = speaker;
    const who = random.pick(work.workers);
    await speaker.say(`指派 ${random.pick(work.refs)} 责任领导 孟知行 责任人 ${who} 时限 ${work.dueOn}`);
  };

/** Signs what is assigned to him and reports progress, by button and form or by a line. */
export function worker(speaker: Speaker): Script {
  const signed = new Set<string>();
  const used = new Set<string>();
  return async () => {
    const notices = (await speaker.read()).filter(({ content }) => refsIn(content).length > 0);
    for (const { messageId, content } of notices.slice(-5)) {
      for (const ref of refsIn(content).filter((each) => !signed.has(each))) {
        signed.add(ref);
        await speaker.act(messageId, `签收 ${ref}`);
      }
    }
    const notice = notices.at(-1);
    const [ref] = notice ? refsIn(notice.content) : [];
    if (!notice || !ref) return;
    if (speaker.random.chance(0.5)) await progressByForm(speaker, used, notice, ref);
    else await progressByLine(speaker, ref);
  };
}

/** The measures that a notice is about. */
function refsIn(content: ChatMessage['content']): string[] {
  if (content.kind !== 'notice') return [];
  const actions = content.sections.flatMap((section) => section.actions ?? []).concat(content.actions);
  return actions.flatMap(({ action }) => /^查看 (Z1-\d+-\d+)$/u.exec(action)?.[1] ?? []);
}

async function progressByLine(speaker: Speaker, ref: string): Promise<void> {
  const token = randomUUID();
  track(speaker, 'rectification', token);
  await speaker.say(`进展 ${ref} 示例进展 ${token}`);
}

async function progressByForm(speaker: Speaker, used: Set<string>, notice: ChatMessage, ref: string) {
  const opened = await speaker.act(notice.messageId, `进展 ${ref}`);
  if (!opened?.toast?.startsWith('请填写')) return;
  const form = await newForm(speaker, used, `进展 ${ref}`);
  const token = randomUUID();
  const effect = track(speaker, 'rectification', token);
  const answer = await speaker.act(form.messageId, button(form.content, '提交'), {
    text: `示例进展 ${token}`,
  });
  effect.acknowledged = answer !== undefined && isDone(answer);
}

/** Notes what will stand in the ledger if it is done. */
function track(speaker: Speaker, ledger: Effect['ledger'], token: string): Effect {
  const effect: Effect = { token, ledger, acknowledged: false };
  speaker.journal.effects.push(effect);
  return effect;
}

/** A form that was not used yet. */
async function newForm(speaker: Speaker, used: Set<string>, title: string): Promise<ChatMessage> {
  const form = await speaker.waitFor(
    `the form ${title}`,
    ({ messageId, content }) => content.kind === 'form' && content.title === title && !used.has(messageId),
  );
  used.add(form.messageId);
  return form;
}
