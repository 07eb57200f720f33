import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SendFailure } from '../../bot/platform.ts';
import type { Rows } from '../../prisma/database.ts';
import { openJobTally } from '../../web/metrics/job-tally.ts';
import { readQueueFigures } from '../../web/metrics/queue-figures.ts';
import { operationsEndpoints } from '../../web/operations.ts';
import { type MessagesInLine, openMessagesInLine } from '../bot/messages-in-line.ts';
import { STAND_IN } from '../bot/stand-in-platform.ts';
import { freshRecord } from '../fresh-record.ts';
import { readable } from '../harness.ts';
import { onPostgresql } from '../postgresql/databases.ts';
import { servedMetrics } from './served-metrics.ts';

const AT = new Date('2026-11-23T01:00:00Z');

/** Each table of a database that does not answer. */
const NO_ANSWER = new Proxy({} as Rows, {
  get: () =>
    new Proxy(
      {},
      {
        get: () => async () => {
          throw new Error('no answer');
        },
      },
    ),
});

describe('/metrics', () => {
  let inLine: MessagesInLine;
  beforeAll(async () => {
    inLine = await openMessagesInLine();
  });
  afterAll(() => inLine.close());
  const metrics = () => servedMetrics(inLine.bureau.service.address);

  it('says of a service at rest that nothing waits, and that it is ready', async () => {
    const read = await metrics();
    for (const [name, value] of [
      ['qinglian_ready', 1],
      ['qinglian_database_up', 1],
      ['qinglian_leads', 1],
      [`qinglian_platform_ready{platform="${STAND_IN}"}`, 1],
      ['qinglian_outbox_messages{state="waiting"}', 0],
      ['qinglian_outbox_messages{state="held_up"}', 0],
      ['qinglian_outbox_messages{state="dead"}', 0],
      ['qinglian_outbox_oldest_due_seconds', 0],
      ['qinglian_inbox_messages', 0],
      ['qinglian_inbox_oldest_seconds', 0],
      ['qinglian_audit_chain_broken', 0],
      ['qinglian_backup_last_success_timestamp_seconds', 0],
    ] as const)
      expect(read.get(name), name).toBe(value);
    const records = read.get('qinglian_audit_records') ?? 0;
    expect(records).toBeGreaterThan(20);
    expect(read.get('qinglian_audit_chain_rounds')).toBe(1);
  });

  it('says how much room a file has, and nothing of the disk of a server', async () => {
    const read = await metrics();
    const [free, size, taken] = ['disk_free', 'disk_size', 'database'].map((of) =>
      read.get(`qinglian_${of}_bytes`),
    );
    if (onPostgresql()) return expect([free, size, taken]).toEqual([undefined, undefined, undefined]);
    expect(free).toBeGreaterThan(0);
    expect(size).toBeGreaterThan(free ?? 0);
    expect(taken).toBeGreaterThan(100_000);
  });

  it('counts each run of a job from the first on', async () => {
    const read = await metrics();
    expect(read.get('qinglian_job_runs_total{job="weekly-card",outcome="well"}')).toBe(1);
    expect(read.get('qinglian_job_runs_total{job="weekly-card",outcome="fault"}')).toBe(0);
  });

  it('has no label but states, platforms, jobs and what Node says of itself', async () => {
    const names = new Set([...(await metrics()).keys()].flatMap((key) => key.match(/\w+(?==")/g) ?? []));
    const fromNode = ['le', 'kind', 'space', 'type', 'version', 'major', 'minor', 'patch'];
    expect([...names].filter((name) => !fromNode.includes(name)).sort()).toEqual([
      'job',
      'outcome',
      'platform',
      'state',
    ]);
    const own = [...(await metrics()).keys()].filter((key) => key.startsWith('qinglian_'));
    expect(own.join('\n')).toMatch(/^[ -~\n]+$/);
  });

  it('counts what was refused for good as given up, what in passing as held up, and how long something lies untaken', async () => {
    const later = (seconds: number) => new Date(inLine.time + seconds * 1000);
    const read = (now: Date) => readQueueFigures(inLine.other.database.rows, now);
    await inLine.put('稍后');
    // Nobody has told the service of it.
    expect(await read(later(90))).toMatchObject({ outbox: { waiting: 1, heldUp: 0 }, oldestDueSeconds: 90 });
    inLine.platform.onSend = async ({ content }) => {
      throw new SendFailure('refused', readable(content) === '永不');
    };
    await inLine.put('永不');
    await inLine.passSeconds(0);
    const figures = await read(later(0));
    expect(figures).toMatchObject({ outbox: { waiting: 1, heldUp: 1, dead: 1 }, oldestDueSeconds: 0 });
    expect(await read(later(-3600))).toMatchObject({ oldestDueSeconds: 0, oldestInboxSeconds: 0 });
  });

  it('tells since when the first message waits for its answer', async () => {
    const { rows, write } = inLine.other.database;
    const at = (seconds: number) => new Date(inLine.time + seconds * 1000);
    const row = (key: string, receivedAt: Date) => ({
      key,
      receivedAt,
      attempts: 0,
      sealed: new Uint8Array(),
    });
    await write(({ inbox }) => inbox.createMany({ data: [row('2', at(40)), row('1', at(10))] }));
    expect(await readQueueFigures(rows, at(70))).toMatchObject({ inbox: 2, oldestInboxSeconds: 60 });
    await write(({ inbox }) => inbox.deleteMany());
  });
});

describe('a service', () => {
  const openEndpoints = async (given: { isHeldByOne?: boolean; leads?: boolean; rows?: Rows } = {}) => {
    const { store } = await freshRecord(AT);
    const { lead } = store.database;
    const { rows = store.database.rows, leads = true } = given;
    const database = { ...store.database, rows, lead: { ...lead, isOurs: leads } };
    const platform = {
      name: 'away',
      accounts: 'everybody' as const,
      capabilities: { forms: 'shown' as const, buttons: 'pressed' as const },
      endpoints: [],
      ...(given.isHeldByOne && { isHeldByOne: true }),
      start: async () => undefined,
      stop: async () => undefined,
      ready: () => false,
      send: async () => ({ messageId: '1' }),
    };
    const jobs = openJobTally(['weekly-card']);
    const endpoints = operationsEndpoints({
      store: { ...store, database },
      platforms: [platform],
      now: () => AT,
      databaseUrl: 'file:/nowhere/qinglian.db',
      jobs,
      lastBackup: async () => ({ at: AT, bytes: 4096 }),
    });
    const get = async (path: string) => {
      const endpoint = endpoints.find((each) => each.path === path);
      const request = { query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) };
      const reply = await endpoint?.handle(request);
      return { status: reply?.status, text: String(reply?.body) };
    };
    return { store, jobs, get };
  };

  it('whose database does not answer says so, and goes on telling what it knows', async () => {
    const { jobs, get } = await openEndpoints({ rows: NO_ANSWER });
    jobs.ran('weekly-card', false);
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(503);
    const { status, text } = await get('/metrics');
    expect(status).toBe(200);
    expect(text).toContain('qinglian_database_up 0\n');
    expect(text).toContain('qinglian_ready 0\n');
    expect(text).toContain('qinglian_job_runs_total{job="weekly-card",outcome="fault"} 1\n');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toMatch(/^qinglian_(?:inbox|outbox|audit|disk)/m);
  });

  it('without its platform is not ready', async () => {
    const { get } = await openEndpoints({ isHeldByOne: true });
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/metrics')).text).toContain('qinglian_platform_ready{platform="away"} 0\n');
  });

  it('that stands by is ready without the connection that only the leading one has', async () => {
    const { get } = await openEndpoints({ isHeldByOne: true, leads: false });
    expect((await get('/readyz')).status).toBe(200);
    const { text } = await get('/metrics');
    expect(text).toContain('qinglian_ready 1\n');
    expect(text).toContain('qinglian_leads 0\n');
    expect(text).not.toContain('qinglian_platform_ready{');
  });

  it('tells when the last backup was made, and how large it is', async () => {
    const { text } = await (await openEndpoints()).get('/metrics');
    expect(text).toContain(`qinglian_backup_last_success_timestamp_seconds ${AT.getTime() / 1000}\n`);
    expect(text).toContain('qinglian_backup_last_size_bytes 4096\n');
  });

  it('says in /readyz when its chain was found broken', async () => {
    const { store, get } = await openEndpoints();
    const body = new Uint8Array(Buffer.from('{}'));
    await store.database.write((rows) => rows.auditRecord.update({ where: { seq: 7 }, data: { body } }));
    expect((await get('/metrics')).text).toContain('qinglian_audit_chain_broken 1\n');
    expect(JSON.parse((await get('/readyz')).text).problems).toEqual([
      'the audit chain does not hold at record 7: run qinglian verify',
    ]);
  });
});
