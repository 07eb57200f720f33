import { Refusal } from '../../refusal.ts';
import type { IntercessionContents } from '../contents.ts';
import * as wording from '../wording.ts';
import { byOfficer, byReporter, contentsWith, type Here, longText, notOwn, type Step } from './step.ts';

type Question = IntercessionContents['questions'][number];

const isOpen = ({ answer }: Question): boolean => answer === undefined;

/** Several questions may be open at a time, by one officer or by several: the reporter answers them together. */
const ask: Step = {
  name: 'ask',
  check: notOwn,
  word: '追问',
  done: '已追问',
  help: '在记录内向记录人追问，例如：追问 <编号> 来电是几点？',
  from: ['submitted', 'accepted', 'screening', 'inquiry', 'suspected', 'disposing', 'objected'],
  by: byOfficer,
  fields: { question: longText('追问内容', 1000) },
  inline: 'question',
  apply: (here, { question }) => ({
    state: here.entry.state,
    contents: contentsWith(here, {
      questions: [
        ...here.contents.questions,
        { at: here.at.toISOString(), by: here.actor.id, text: String(question) },
      ],
    }),
  }),
  notices: ({ entry }) => [{ to: { part: 'reporter' }, content: wording.asked(entry) }],
  answer: () => ['已请记录人回复；回复后会告诉您。办理不因此停下。'],
};

const reply: Step = {
  name: 'reply',
  word: '回复',
  done: '已回复',
  help: '回复受理人员的追问，例如：回复 <编号> 下午三点左右',
  from: [
    'submitted',
    'accepted',
    'screening',
    'routine',
    'inquiry',
    'suspected',
    'disposing',
    'answered',
    'objected',
  ],
  by: byReporter,
  ownOne: true,
  style: 'primary',
  fields: { answer: longText('回复内容', 5000) },
  inline: 'answer',
  intro: ({ contents }) => contents.questions.filter(isOpen).map(({ text }) => `追问：${text}`),
  check({ entry, contents }) {
    if (contents.questions.some(isOpen)) return;
    throw new Refusal('wrong-state', `${entry.ref} 没有等您回复的追问。`);
  },
  apply: (here, { answer }) => ({
    state: here.entry.state,
    contents: answered(here, String(answer)),
  }),
  notices: (here) =>
    [...askers(here)].map((person) => ({ to: { person }, content: wording.replied(here.entry) })),
  answer: () => ['已告知追问的受理人员。'],
};

/** All that is open is answered at once. */
function answered(here: Here, text: string): IntercessionContents {
  const answer = { at: here.at.toISOString(), text };
  const questions = here.contents.questions.map((each) => (isOpen(each) ? { ...each, answer } : each));
  return contentsWith(here, { questions });
}

const askers = ({ contents, directory }: Here): Set<string> =>
  new Set(
    contents.questions
      .filter(isOpen)
      .map(({ by }) => by)
      .filter((id) => directory.byId(id)?.active),
  );

/** 追问与回复 */
export const followUpMoves: readonly Step[] = [ask, reply];
