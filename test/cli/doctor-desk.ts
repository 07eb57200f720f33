import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { LARK } from '../../bot/lark/accounts.ts';
import { openLarkApi } from '../../bot/lark/calls/lark-api.ts';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';
import { takeOverEverything } from '../../bot/lark/directory/take-over.ts';
import { once } from '../../bot/lark/doctor/check.ts';
import { run } from '../../cli/run.ts';
import { readEnvironment } from '../../config/environment.ts';
import { keepBackupState } from '../../ledger/backup/backup-state.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { larkVariables } from '../lark/lark-variables.ts';
import { openStandIn, type StandIn } from '../lark/stand-in/stand-in.ts';
import { openCommandDesk, type Said, sampleFile } from './desk.ts';

type Variables = Record<string, string | undefined>;

/** What `doctor --json` prints. */
export interface Examination {
  ok: boolean;
  at: string;
  counts: { ok: number; warning: number; failure: number };
  findings: { check: string; status: 'ok' | 'warning' | 'failure'; text: string; hints: string[] }[];
}

/** What is wrong, each as 「check：text」. */
export const wrong = ({ findings }: Examination, status: 'warning' | 'failure' = 'failure'): string[] =>
  findings.filter((finding) => finding.status === status).map(({ check, text }) => `${check}：${text}`);

/** What to do about it, by one check or by all. */
export const hints = ({ findings }: Examination, by?: string): string =>
  findings
    .filter(({ check, status }) => status !== 'ok' && (by === undefined || check === by))
    .flatMap((each) => each.hints)
    .join('\n');

/** The sample bureau, everybody in it with an account in a tenant of its own, and an app that is set up as it should be. */
export interface DoctorDesk {
  readonly folder: string;
  readonly standIn: StandIn;
  /** May be changed between two runs. */
  readonly variables: Variables;
  /** By how much our clock is ahead of the platform's. */
  aheadMs: number;
  run(...args: string[]): Promise<Said>;
  examine(): Promise<Examination & { code: number }>;
  change(work: (store: Store) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export async function openDoctorDesk(): Promise<DoctorDesk> {
  const sample = await sampleRecord();
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-doctor-'));
  for (const [name, bytes] of sample.files) await writeFile(join(folder, name), bytes, { mode: 0o600 });
  const rules = `${knownYears(new Date().getUTCFullYear())}backup: { folder: ${folder} }\n`;
  await writeFile(join(folder, 'rules.yaml'), rules);
  const standIn = await openStandIn();
  fillTenant(standIn, sample.people);
  const variables = variablesFor(folder, standIn);
  const desk: DoctorDesk = {
    folder,
    standIn,
    variables,
    aheadMs: 0,
    async run(...args) {
      const said = { out: '', err: '' };
      const code = await run(args, {
        variables,
        now: () => new Date(Date.now() + desk.aheadMs),
        write: (text) => {
          said.out += text;
        },
        writeError: (text) => {
          said.err += text;
        },
      });
      return { code, ...said };
    },
    async examine() {
      const { code, out } = await desk.run('doctor', '--json');
      return { code, ...(JSON.parse(out) as Examination) };
    },
    async change(work) {
      const store = await openStore(readEnvironment(variables), ledgers);
      try {
        await work(store);
      } finally {
        await store.database.close();
      }
    },
    async close() {
      await standIn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return desk;
}

/** The bureau has taken over the notices of this year and the next, whatever the package has when the test runs. */
const knownYears = (year: number): string =>
  `calendar: { extraHolidays: [${year}-10-01, ${year + 1}-10-01], extraWorkdays: [] }\n`;

const variablesFor = (folder: string, standIn: StandIn): Variables => ({
  DATA_DIR: folder,
  PORT: '0',
  QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
  ...larkVariables(standIn),
});

interface Somebody {
  name: string;
  staffNumber: string;
  post: string;
  department: string;
}

/** Made once for all tests of a file: the roster imported, and everybody bound as the service does it after its start. */
const sampleRecord = once(async () => {
  const desk = await openCommandDesk();
  await desk.run('import', 'roster', sampleFile('roster.csv'));
  const standIn = await openStandIn();
  const people = await desk.look(async (store) => {
    const found = await store.database.rows.person.findMany({ include: { department: true } });
    const everybody = found.map(({ department, ...person }) => ({ ...person, department: department.name }));
    fillTenant(standIn, everybody);
    await readTenant(store, standIn);
    const last = { at: new Date(), bytes: 4096 };
    await store.database.write((rows) => keepBackupState(rows, { last }));
    return everybody;
  });
  await standIn.close();
  const names = ['qinglian.db', 'qinglian.key'];
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(desk.folder, name))] as const),
  );
  await desk.close();
  return { files, people };
});

function fillTenant({ directory }: StandIn, people: readonly Somebody[]): void {
  const departments = new Map<string, string>();
  for (const name of new Set(people.map(({ department }) => department)))
    departments.set(name, directory.addDepartment({ name }).openDepartmentId);
  for (const { name, staffNumber, post, department } of people) {
    const id = departments.get(department) ?? '0';
    directory.addPerson({ name, employeeNo: staffNumber, jobTitle: post, departments: [id] });
  }
}

async function readTenant(store: Store, { appId, appSecret, address }: StandIn): Promise<void> {
  const api = openLarkApi(
    { appId, appSecret, baseUrl: address },
    {
      limits: defaultLimits,
      timeoutMs: 5000,
      now: () => performance.now(),
      log: pino({ level: 'silent' }),
    },
  );
  await takeOverEverything({ store, api, platform: LARK, now: () => new Date() });
  api.stop();
}
