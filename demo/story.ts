import { formValues, readable } from '../bot/local/chat-client.ts';
import type { Content } from '../ledger/message.ts';
import type { Stage } from './stage.ts';

/** Files of the story; another bureau's report may be given. */
export interface Files {
  roster: string;
  report: string;
}

/** One true story, from the roster to the verified chain. Throws as soon as a step does not happen. */
export async function playStory(stage: Stage, files: Files): Promise<void> {
  await importFiles(stage, files);
  await stage.open();
  await reportAFavour(stage);
  await assign(stage);
  await closeOneItem(stage);
  await warn(stage);
  const digest = await digestOfTheWeek(stage);
  await verifyAll(stage, digest);
}

async function importFiles(stage: Stage, { roster, report }: Files): Promise<void> {
  stage.chapter('导入名册和巡察整改通报');
  must('the roster is read', await stage.command('import', 'roster', roster), /新增 \d+ 人/);
  must(
    'a dry run writes nothing',
    await stage.command('import', 'rectification', report, '--dry-run'),
    /试运行，未写入/,
  );
  must('the report is read', await stage.command('import', 'rectification', report), /轮次 Z1：新增/);
  must(
    'a second import changes nothing',
    await stage.command('import', 'rectification', report),
    /新增 0 项/,
  );
}

async function reportAFavour(stage: Stage): Promise<void> {
  stage.chapter('林砚秋遇到说情，用一句话报告');
  const form = await stage.say('林砚秋', '昨天下午三点王局长打电话让我在纳米材料项目评审中关照');
  const receipt = await stage.press('林砚秋', form, '提交', {
    ...formValues(form.content),
    intercessorName: '王某某',
    intercessorKind: 'superior',
    reply: 'refused',
    promise: true,
    lateReason: '昨天下午外出，今天补报',
  });
  must('a receipt is given', receipt, /已收到您的记录 [0-9A-Z]{4}-[0-9A-Z]{4}/);
  const notice = await stage.receives('唐文澜', '请受理');
  must('the officer accepts it', await stage.press('唐文澜', notice, '受理'), /已受理/);
  await stage.receives('林砚秋', '现为「已受理」');
}

async function assign(stage: Stage): Promise<void> {
  stage.chapter('督查员分派整改事项');
  const form = await stage.say('程一禾', '指派 1');
  const people = { leader: stage.idOf('孟知行'), responsible: [stage.idOf('林砚秋')] };
  const done = await stage.press('程一禾', form, '提交', { ...people, dueOn: '2026-12-11' });
  must('the items are assigned', done, /已指派 Z1-1/);
  const notice = await stage.receives('林砚秋', '有新的整改事项');
  must('he signs for it', await stage.press('林砚秋', notice, '签收'), /已签收 Z1-1-1/);
}

async function closeOneItem(stage: Stage): Promise<void> {
  stage.chapter('进展、退回、再申请、销号');
  await stage.say('林砚秋', '进展 1-1 规程修订稿已提交局务会审议');
  await sendEvidence(stage);
  await apply(stage, '规程已修订', '局务会纪要');
  must('nobody reviews his own', readable((await stage.say('林砚秋', '审核通过 1-1')).content), /责任领导/);
  const first = await stage.receives('孟知行', '申请销号');
  const form = await stage.press('孟知行', first, '退回');
  must('a form asks for the reason', form, /填写/);
  const asked = await stage.receives('孟知行', '退回理由');
  await stage.press('孟知行', asked, '提交', { reason: '请补充正式印发的文号' });
  await stage.receives('林砚秋', '被退回补正');
  await apply(stage, '规程已印发，文号示科发〔2026〕12号', '印发件，存办公室');
  await stage.press('孟知行', await stage.receives('孟知行', '12号'), '审核通过');
  await stage.press('程一禾', await stage.receives('程一禾', '请督查复核'), '复核通过');
  await stage.receives('林砚秋', '已销号');
}

async function sendEvidence(stage: Stage): Promise<void> {
  const refused = await stage.say('林砚秋', '申请销号 1-1');
  await stage.press('林砚秋', refused, '补充佐证');
  const minutes = '示例：局务会纪要，审议通过规程修订稿。\n';
  const received = await stage.sendFile('林砚秋', '局务会纪要.txt', minutes);
  must('the file is taken', readable(received.content), /归入 Z1-1-1/);
  await stage.press('林砚秋', received, '完成');
}

async function apply(stage: Stage, summary: string, evidence: string): Promise<void> {
  const form = await stage.say('林砚秋', '申请销号 1-1');
  must(
    'it is applied for',
    await stage.press('林砚秋', form, '提交', { summary, evidence }),
    /待责任领导审核/,
  );
}

async function warn(stage: Stage): Promise<void> {
  stage.chapter('分级预警和周督查');
  await stage.moveClock('2026-11-30T09:30:00+08:00', '2026-11-30 周一 09:30');
  const card = await stage.receives('林砚秋', '本周督查');
  must('a warning was given', readable((await stage.receives('林砚秋', '整改时限预警')).content), /绿色/);
  await stage.press('林砚秋', card, '按计划');
  await stage.moveClock('2026-12-04T15:00:00+08:00', '2026-12-04 周五 15:00');
  await stage.receives('孟知行', '本周督查汇总');
}

async function digestOfTheWeek(stage: Stage): Promise<Content> {
  stage.chapter('领导收到周报');
  await stage.moveClock('2026-12-07T08:30:00+08:00', '2026-12-07 周一 08:30');
  const digest = (await stage.receives('田守正', '清廉周报')).content;
  await stage.moveClock('2026-12-07T09:30:00+08:00', '2026-12-07 周一 09:30');
  // He had been told three things the week before: this one waited.
  must(
    'the 责任领导 is warned too',
    readable((await stage.receives('孟知行', '整改时限预警')).content),
    /黄色/,
  );
  return digest;
}

async function verifyAll(stage: Stage, digest: Content): Promise<void> {
  stage.chapter('核验存证链');
  const head = /(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/.exec(readable(digest))?.[0];
  if (!head) throw new Error('The digest gives no head');
  must('the chain holds', await stage.command('verify', '--head', head), /The chain holds/);
}

/** @throws Error naming the step that did not happen, and what was found instead */
function must(step: string, found: string, expected: RegExp): void {
  if (!expected.test(found))
    throw new Error(`It did not happen that ${step}: expected ${expected}, found:\n${found}`);
}
