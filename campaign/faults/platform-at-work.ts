import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type LarkBureau, openLarkBureau } from '../../test/lark/lark-bureau.ts';
import { larkProgram } from '../../test/lark/lark-program.ts';
import type { Pushed, StandIn } from '../../test/lark/stand-in/stand-in.ts';
import { readRecord } from '../record.ts';
import type { Seen } from './define.ts';

const PEOPLE = ['林砚秋', '叶知秋', '秦书遥', '方远山', '许星阑', '孟知行', '程一禾', '唐文澜'];
const WORDS = ['我的报告', '我的整改', '台账', '帮助'];
const EVERY_MS = 250;
const AT_IT_MS = 2000;
const ANSWERED_WITHIN_MS = 120_000;

/**
 * The real program on a platform of its own, with people who write to it all the time: before `inject` brings the fault
 * about, until it ends it, and after. Each acknowledged message has to be answered, and no message to come twice.
 */
export async function seenOnPlatform(inject: (standIn: StandIn) => Promise<void>): Promise<Seen> {
  const bureau = await openLarkBureau('lark-webhook', { at: new Date().toISOString() });
  await bureau.service.stop();
  const { standIn } = bureau;
  try {
    await using program = await larkProgram(bureau, 'webhook');
    program.start();
    await program.ready();
    const before = answersTo(bureau);
    const talk = keepTalking(bureau);
    await wait(AT_IT_MS);
    await inject(standIn);
    const endedAt = performance.now();
    const servesAgainMs = await untilAnswersMore(bureau, endedAt);
    await wait(AT_IT_MS);
    const pushed = await talk.finish();
    await untilAnswered(bureau, before + pushed.length);
    await program.stop();
    const { chain } = await readRecord(bureau.environment);
    return { ...seenBy(bureau, pushed, before), servesAgainMs, chainHolds: chain.problems.length === 0 };
  } finally {
    await standIn.close();
    await rm(bureau.folder, { recursive: true, force: true });
  }
}

function keepTalking({ standIn, openIdOf }: LarkBureau) {
  const pushes: Promise<Pushed>[] = [];
  let over = false;
  const talking = (async () => {
    for (let turn = 0; !over; turn++) {
      const openId = openIdOf(PEOPLE[turn % PEOPLE.length] ?? '');
      pushes.push(standIn.say(openId, WORDS[turn % WORDS.length] ?? ''));
      await wait(EVERY_MS);
    }
  })();
  return {
    async finish(): Promise<Pushed[]> {
      over = true;
      await talking;
      return Promise.all(pushes);
    },
  };
}

const messagesIn = ({ standIn, openIdOf }: LarkBureau) =>
  PEOPLE.flatMap((name) => [...standIn.messages(openIdOf(name))]);

const answersTo = (bureau: LarkBureau): number => messagesIn(bureau).length;

async function untilAnswersMore(bureau: LarkBureau, endedAt: number): Promise<number> {
  const before = answersTo(bureau);
  while (answersTo(bureau) === before && performance.now() - endedAt < ANSWERED_WITHIN_MS) await wait(20);
  return performance.now() - endedAt;
}

async function untilAnswered(bureau: LarkBureau, count: number): Promise<void> {
  const until = performance.now() + ANSWERED_WITHIN_MS;
  while (answersTo(bureau) < count && performance.now() < until) await wait(50);
}

function seenBy(bureau: LarkBureau, pushed: readonly Pushed[], before: number): Omit<Seen, 'chainHolds'> {
  const acknowledged = pushed.filter((push) => push.acknowledged).length;
  const messages = messagesIn(bureau);
  const answers = messages.length - before;
  const twice = messages.length - new Set(messages.map(({ uuid }) => uuid)).size;
  const lost = Math.max(0, acknowledged - (answers - twice));
  const slowest = Math.max(...pushed.map(({ delivered }) => delivered.at(-1)?.tookMs ?? 0));
  const failed = bureau.standIn.calls.filter(
    ({ outcome, status }) => outcome !== 'answered' || status !== 200,
  );
  return {
    acknowledged,
    lost,
    twice,
    remarks: [
      `${failed.length} calls to the platform failed`,
      `slowest acknowledgement ${Math.round(slowest)} ms`,
    ],
    broken: [
      ...(lost > 0 ? [`${lost} acknowledged messages were never answered`] : []),
      ...(twice > 0 ? [`${twice} messages came twice`] : []),
      ...(answers > pushed.length ? [`${answers} answers to ${pushed.length} messages`] : []),
      ...(acknowledged < pushed.length ? [`${pushed.length - acknowledged} were never acknowledged`] : []),
    ],
  };
}
