import type { Command } from 'commander';
import { pino } from 'pino';
import { LARK } from '../bot/lark/accounts.ts';
import type { Check, FindingStatus } from '../bot/lark/doctor/check.ts';
import type { Environment, LarkSettings } from '../config/environment.ts';
import { CommandFailed } from './command-failed.ts';
import type { Desk } from './commands.ts';
import { backupCheck } from './doctor/backup-check.ts';
import { calendarCheck } from './doctor/calendar-check.ts';
import { deliveryCheck } from './doctor/delivery-check.ts';
import { type HouseRecord, houseRecord } from './doctor/house-record.ts';
import { original } from './doctor/original.ts';
import { readinessCheck } from './doctor/readiness-check.ts';
import { recordCheck } from './doctor/record-check.ts';
import { rolesCheck } from './doctor/roles-check.ts';
import { type CheckedFinding, runChecks } from './doctor/run-checks.ts';
import { settingsCheck } from './doctor/settings-check.ts';
import { wechatCheck } from './doctor/wechat-check.ts';

/** For each check; they run at the same time. */
const DEADLINE_MS = 25_000;

export function addDoctor(program: Command, desk: Desk): void {
  program
    .command('doctor')
    .description(
      'look at settings, record, backups, platform, people and delivery, and say what to mend; changes nothing, exit 1 when something fails',
    )
    .option('--names', 'name the people whom the directory leaves to be cleared up')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean; names?: boolean }) => {
      const findings = await examine(desk, options.names === true);
      const counts = countsOf(findings);
      desk.print({ ok: counts.failure === 0, at: desk.now(), counts, findings }, options.json, [
        ...findingLines(findings),
        '',
        summary(counts),
      ]);
      if (counts.failure > 0) throw new CommandFailed('doctor found something wrong');
    });
}

async function examine(desk: Desk, withNames: boolean): Promise<CheckedFinding[]> {
  let environment: Environment;
  try {
    environment = desk.environment();
  } catch (fault) {
    return [
      {
        check: '设置',
        status: 'failure',
        text: `设置有误${original(fault)}`,
        hints: ['对照 .env.example 和 docs/lark-setup.md 改正 .env。'],
      },
    ];
  }
  const record = houseRecord(environment);
  const lark = environment.lark && (await platformChecks(environment.lark, desk, record, withNames));
  try {
    return await runChecks(allChecks(environment, record, desk, lark?.checks ?? []), DEADLINE_MS);
  } finally {
    lark?.close();
    await record.close();
  }
}

/** The platform's SDK takes its time to load, and no other command needs it. */
async function platformChecks(settings: LarkSettings, desk: Desk, record: HouseRecord, withNames: boolean) {
  const { larkChecks } = await import('../bot/lark/doctor/lark-checks.ts');
  return larkChecks(settings, {
    now: () => desk.now(),
    rows: record.rows,
    log: pino({ level: 'silent' }),
    withNames,
  });
}

const allChecks = (
  environment: Environment,
  record: HouseRecord,
  desk: Desk,
  platform: readonly Check[],
): Check[] => [
  settingsCheck(environment),
  calendarCheck(environment, () => desk.now()),
  recordCheck(environment, record),
  backupCheck(environment, record.rows, () => desk.now()),
  ...platform,
  ...(environment.wechat ? [wechatCheck(environment, environment.wechat, record.rows)] : []),
  readinessCheck(environment),
  rolesCheck(record.rows, environment.lark ? { platform: LARK } : {}),
  deliveryCheck(record.rows, () => desk.now()),
];

type Counts = Record<FindingStatus, number>;

function countsOf(findings: readonly CheckedFinding[]): Counts {
  const counts: Counts = { ok: 0, warning: 0, failure: 0 };
  for (const { status } of findings) counts[status] += 1;
  return counts;
}

const MARKS: Readonly<Record<FindingStatus, string>> = { ok: '✓', warning: '!', failure: '✗' };

/** What was said once, such as that a version has to be released, is not said again. */
function findingLines(findings: readonly CheckedFinding[]): string[] {
  const said = new Set<string>();
  return findings.flatMap(({ check, status, text, hints }) => {
    const fresh = hints.filter((hint) => !said.has(hint));
    for (const hint of fresh) said.add(hint);
    return [`${MARKS[status]} ${check}：${text}`, ...fresh.map((hint) => `    → ${hint}`)];
  });
}

function summary({ ok, warning, failure }: Counts): string {
  const counted = `✓ ${ok} 项，! ${warning} 项，✗ ${failure} 项。`;
  if (failure > 0) return `${counted}请从上往下逐项改正，再体检一次。`;
  return warning > 0 ? `${counted}可以使用；带 ! 的请看一下。` : `${counted}一切正常。`;
}
