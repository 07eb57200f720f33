import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { type Operation, operate } from '../ledger/operation.ts';
import { importReport, type ReportImport } from '../ledger/rectification/import-report.ts';
import { parseReport, type RectificationReport } from '../ledger/rectification/report/parse-report.ts';
import { readReportFile } from '../ledger/rectification/report/read-report-file.ts';
import { requireGiven } from '../ledger/rectification/round-parts.ts';
import { Refusal } from '../ledger/refusal.ts';
import { importRoster, type RosterImport } from '../ledger/roster/import-roster.ts';
import { readRoster } from '../ledger/roster/read-roster.ts';
import type { Desk } from './commands.ts';
import { rolledBack } from './dry-run.ts';
import { importLedger, type LedgerOptions } from './import-ledger.ts';

interface Options {
  dryRun?: boolean;
  json?: boolean;
}

export function addImport(program: Command, desk: Desk): void {
  const command = program.command('import').description('Bring files into the bureau');
  command
    .command('roster <file>')
    .description('departments, people, posts, roles, heads and chat accounts, from .xlsx or .csv')
    .option('--complete', 'the file names everybody: whoever is not in it has left')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: Options & { complete?: boolean }) => {
      const roster = await readRoster(basename(file), await contentOf(file));
      const result = await inOneGo(desk, 'command:import-roster', options, (operation) =>
        importRoster(operation, roster, { isComplete: options.complete === true }),
      );
      desk.print(result, options.json, rosterLines(result, options.dryRun === true));
    });
  command
    .command('rectification <file>')
    .description("the problems and measures of a bureau's published rectification report, from .txt or .docx")
    .option('--dry-run', 'say what was found and what would change, and change nothing')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: Options) => {
      const report = parseReport(await readReportFile(basename(file), await contentOf(file)));
      if (!options.json) desk.print(report, false, foundLines(report));
      const result = await inOneGo(desk, 'command:import-rectification', options, (operation) => {
        if (report.feedbackOn) requireGiven(report.feedbackOn, operation.today);
        return importReport(operation, report);
      });
      desk.print({ found: report, ...result }, options.json, resultLines(result, options.dryRun === true));
    });
  command
    .command('ledger <file>')
    .description("an office's own rectification ledger, from .xlsx or .csv, whatever its columns are called")
    .option('--round <round>', 'a round that is there, such as Z1, or: new', 'new')
    .option('--title <title>', 'what a new round is called; without it, as the file is headed')
    .option('--feedback <date>', 'when the findings were given, such as 2026-09-14')
    .option('--map <name=column...>', 'which column is what, such as 问题=C')
    .option('--yes', 'the columns are right: import it')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: LedgerOptions) => importLedger(desk, file, options));
}

/** @throws Refusal when there is no such file, or it cannot be read */
const contentOf = (file: string): Promise<Uint8Array> =>
  readFile(file).catch((fault: NodeJS.ErrnoException) => {
    throw new Refusal('invalid-input', `读不到文件「${file}」：${UNREAD[fault.code ?? ''] ?? fault.code}。`);
  });

const UNREAD: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件，请核对路径',
  EISDIR: '这是文件夹，请写明其中的文件',
  EACCES: '没有读取权限',
};

/** All of a file, or nothing of it; in a dry run nothing, but the same result. */
const inOneGo = <T>(
  desk: Desk,
  actor: string,
  { dryRun }: Options,
  work: (operation: Operation) => Promise<T>,
): Promise<T> =>
  desk.withStore(
    (store) =>
      rolledBack<T>(dryRun, (finish) =>
        operate(store, { actor, at: desk.now() }, async (operation) => finish(await work(operation))),
      ),
    { mayBegin: true },
  );

const would = (dryRun: boolean) => (dryRun ? '（试运行，未写入）' : '');

function rosterLines(result: RosterImport, dryRun: boolean): string[] {
  const { added, changed, returned, bound, left, unchanged, passedOn, orphaned } = result;
  return [
    `新增 ${added.length} 人，变更 ${changed.length} 人，离开 ${left.length} 人，未变 ${unchanged} 人${would(dryRun)}`,
    ...(added.length > 0 ? [`新增：${added.join('、')}`] : []),
    ...(changed.length > 0 ? [`变更：${changed.join('、')}`] : []),
    ...(returned.length > 0
      ? [
          `重新在职，角色按花名册恢复：${returned.join('、')}（若其实已离职，请从花名册删去，加 --complete 再次导入）`,
        ]
      : []),
    ...(bound.length > 0 ? [`登记账号：${bound.join('、')}`] : []),
    ...(left.length > 0 ? [`离开：${left.join('、')}（历史保留，角色已取消）`] : []),
    ...(passedOn.length > 0 ? [`已交接给科室负责人：${passedOn.join('、')}`] : []),
    ...(orphaned.length > 0 ? [`没有人可接手、已请督查员重新指派：${orphaned.join('、')}`] : []),
  ];
}

/** What was read, before anything is written. */
function foundLines({ title, issuer, feedbackOn, problems, unplaced }: RectificationReport): string[] {
  const measures = problems.reduce((sum, problem) => sum + problem.measures.length, 0);
  return [
    `读到：${title ?? '（无标题）'}；单位 ${issuer ?? '未写明'}；反馈日期 ${feedbackOn ?? '未写明'}`,
    `问题 ${problems.length} 个，整改措施 ${measures} 条`,
    ...problems.map(
      ({ number, title: words, measures: own, aspect }) =>
        `  ${number}. ${words}（措施 ${own.length} 条${aspect ? `；${aspect}` : ''}）`,
    ),
    ...unplaced.map(
      ({ line, text, why }) => `  第 ${line} 行未能归入：${why}：${[...text].slice(0, 40).join('')}`,
    ),
  ];
}

function resultLines({ round, added, unchanged, differing }: ReportImport, dryRun: boolean): string[] {
  return [
    `轮次 ${round}：新增 ${added.length} 项，未变 ${unchanged} 项${would(dryRun)}`,
    ...(differing.length > 0
      ? [`与台账文字不同、保留台账原文的 ${differing.length} 项：${differing.join('、')}`]
      : []),
    ...(added.length > 0 ? ['责任领导、责任人、时限待分派，可在聊天中发送「指派 全部」。'] : []),
  ];
}
