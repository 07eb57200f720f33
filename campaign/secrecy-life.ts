import { PLANTS } from './secrecy-plants.ts';
import type { Teller } from './secrecy-teller.ts';

const REPORTER = '许星阑';
const OFFICER = '姜明澈';
const OTHER_OFFICER = '唐文澜';

/** Everything that can be said about reports, once: filed, asked after, judged, objected to, archived, opened again. */
export async function wholeLife(teller: Teller, happenedAt: string): Promise<void> {
  const ref = await filed(teller, happenedAt);
  await handled(teller, ref);
  await objected(teller, ref);
  await openedAgain(teller, ref);
  await takenBack(teller, happenedAt);
  await leftLying(teller);
}

async function filed(teller: Teller, happenedAt: string): Promise<string> {
  const form = await teller.say(REPORTER, `昨天下午三点${PLANTS.intercessor}${PLANTS.sentence}`, 'form');
  const answer = await teller.send(REPORTER, form, {
    ...chosen(happenedAt),
    intercessorName: PLANTS.intercessor,
    intercessorUnit: PLANTS.unit,
    intercessorPost: PLANTS.post,
    place: PLANTS.place,
    goBetween: PLANTS.goBetween,
    beneficiary: PLANTS.beneficiary,
    projectNumber: PLANTS.projectNumber,
    projectName: PLANTS.projectName,
    content: `${PLANTS.sentence}；${PLANTS.content}`,
    handling: PLANTS.handling,
    witnesses: PLANTS.witness,
    evidence: PLANTS.evidence,
    recuse: PLANTS.avoided,
    lateReason: PLANTS.lateReason,
  });
  const ref = refIn(answer);
  await teller.say(REPORTER, `补充佐证 ${ref}`);
  await teller.hand(REPORTER, { name: `${PLANTS.fileName}.txt`, text: PLANTS.fileText });
  await teller.say(REPORTER, '完成');
  await teller.say(REPORTER, `查看 ${ref}`);
  return ref;
}

async function handled(teller: Teller, ref: string): Promise<void> {
  await teller.say(OFFICER, `受理 ${ref}`);
  await teller.say(OFFICER, `追问 ${ref} ${PLANTS.question}`);
  await teller.say(REPORTER, `回复 ${ref} ${PLANTS.answer}`);
  await teller.say(OFFICER, `查看 ${ref}`);
  await teller.fill(OFFICER, `甄别 ${ref} ${PLANTS.reason}`, { conclusion: 'inquiry' });
  await teller.fill(OFFICER, `处置 ${ref} ${PLANTS.disposal}`, { disposal: 'reminder' });
  await teller.say(OFFICER, `反馈 ${ref} ${PLANTS.feedback}`);
  await teller.say(OFFICER, `查看 ${ref}`);
  await teller.say(REPORTER, `查看 ${ref}`);
}

async function objected(teller: Teller, ref: string): Promise<void> {
  await teller.say(REPORTER, `异议 ${ref} ${PLANTS.objection}`);
  await teller.fill(OTHER_OFFICER, `复核 ${ref} ${PLANTS.review}`, { result: 'upheld' });
  await teller.say(OTHER_OFFICER, `查看 ${ref}`);
  await teller.say(OFFICER, `查看 ${ref}`);
  await teller.say(OFFICER, `归档 ${ref}`);
}

async function openedAgain(teller: Teller, ref: string): Promise<void> {
  await teller.say(OFFICER, `申请解封 ${ref} ${PLANTS.unseal}`);
  await teller.say(OTHER_OFFICER, `查看 ${ref}`);
  await teller.say(OTHER_OFFICER, `批准解封 ${ref}`);
  await teller.say(OFFICER, `查看 ${ref}`);
}

async function takenBack(teller: Teller, happenedAt: string): Promise<void> {
  const answer = await teller.fill(REPORTER, '我要报告', {
    ...chosen(happenedAt),
    intercessorName: '不详',
    content: '示例：第二件',
    lateReason: PLANTS.lateReason,
  });
  const ref = refIn(answer);
  await teller.say(OFFICER, `受理 ${ref}`);
  await teller.say(OFFICER, `查看 ${ref}`);
  await teller.fill(OFFICER, `甄别 ${ref} ${PLANTS.returned}`, { conclusion: 'returned' });
  await teller.say(REPORTER, `查看 ${ref}`);
  await teller.say(REPORTER, `补正 ${ref} ${PLANTS.supplement}`);
  await teller.fill(REPORTER, `撤回 ${ref} ${PLANTS.withdrawn}`, {});
  await teller.say(REPORTER, `查看 ${ref}`);
}

/** A form that is sent too early and never again, and words that mean nothing to the bot. */
async function leftLying(teller: Teller): Promise<void> {
  const form = await teller.say(REPORTER, '我要报告', 'form');
  await teller.send(REPORTER, form, { content: PLANTS.abandoned });
  await teller.hear(REPORTER);
  await teller.say(REPORTER, PLANTS.rambling);
}

const chosen = (happenedAt: string) => ({
  happenedAt,
  channel: 'phone',
  intercessorKind: 'applicant',
  stage: 'review',
  circumstances: ['lobbying'],
  reply: 'refused',
  promise: true,
});

function refIn(answer: string): string {
  const ref = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(answer)?.[0];
  if (!ref) throw new Error(`No number stands in the answer: ${answer}`);
  return ref;
}
