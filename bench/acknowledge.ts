import { setTimeout as wait } from 'node:timers/promises';
import { type LarkBureau, openLarkBureau } from '../test/lark/lark-bureau.ts';
import { larkProgram } from '../test/lark/lark-program.ts';

/** How quickly the program acknowledged what was said to it. */
export interface Acknowledgements {
  sent: number;
  /** Acknowledged at the first attempt. */
  acknowledged: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  mostMs: number;
  /** How long it took after the last message until every answer had gone out. */
  answeredAfterMs: number;
}

export interface Load {
  transport: 'websocket' | 'webhook';
  perSecond: number;
  seconds: number;
}

const WORDS = ['我的报告', '我的整改', '台账', '帮助'];
const PEOPLE = ['林砚秋', '叶知秋', '秦书遥', '方远山', '许星阑', '孟知行', '程一禾', '唐文澜'];

/** The real program in a process of its own, the platform in this one, and people who write at a steady rate. */
export async function measureAcknowledgements({
  transport,
  perSecond,
  seconds,
}: Load): Promise<Acknowledgements> {
  const bureau = await openLarkBureau(`lark-${transport}`, { at: new Date().toISOString() });
  await bureau.service.stop();
  await using program = await larkProgram(bureau, transport);
  program.start();
  await program.ready();
  const { standIn } = bureau;
  const before = answers(bureau);
  const openIds = PEOPLE.map((name) => bureau.openIdOf(name));
  // The first messages compile the program's code: they are sent and answered, and not measured.
  await Promise.all(openIds.flatMap((openId) => WORDS.map((words) => standIn.say(openId, words))));
  while (answers(bureau) - before < openIds.length * WORDS.length) await wait(50);
  const warm = openIds.length * WORDS.length;
  const begun = performance.now();
  const pushes: ReturnType<typeof standIn.say>[] = [];
  for (let sent = 0; sent < perSecond * seconds; sent++) {
    const ahead = begun + (sent * 1000) / perSecond - performance.now();
    if (ahead > 0) await wait(ahead);
    pushes.push(standIn.say(openIds[sent % openIds.length] ?? '', WORDS[sent % WORDS.length] ?? ''));
  }
  const pushed = await Promise.all(pushes);
  const sentMs = performance.now() - begun;
  const saidAll = performance.now();
  while (answers(bureau) - before < warm + pushed.length) await wait(50);
  const answeredAfterMs = performance.now() - saidAll;
  await program.stop();
  await standIn.close();
  const took = pushed
    .map(({ delivered }) => delivered[0]?.tookMs ?? Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return {
    sent: pushed.length,
    acknowledged: pushed.filter(
      ({ delivered }) => delivered.length === 1 && delivered[0]?.outcome === 'acknowledged',
    ).length,
    perSecond: (pushed.length / sentMs) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    mostMs: took.at(-1) ?? 0,
    answeredAfterMs,
  };
}

const answers = ({ standIn, openIdOf }: LarkBureau): number =>
  PEOPLE.reduce((sum, name) => sum + standIn.messages(openIdOf(name)).length, 0);
