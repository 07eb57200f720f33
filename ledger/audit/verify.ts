import type { Row, Rows } from '../../prisma/database.ts';
import { departmentDigest, entryDigest, personDigest, sha256 } from './digest.ts';
import { type AuditBody, auditBodySchema, GENESIS } from './trail.ts';

export interface Verification {
  /** Records read. */
  records: number;
  /** Hexadecimal head of the chain as far as it holds. */
  head: string;
  /** The first record that does not hold, if any. */
  brokenAt?: number;
  problems: string[];
}

const PAGE = 1000;

/**
 * Walks the whole chain and compares what it says with the ledger as it stands.
 * @param givenHeads heads from outside (a digest on paper or in a chat), at least 16 hexadecimal digits each
 */
export async function verify(rows: Rows, givenHeads: readonly string[] = []): Promise<Verification> {
  const walk = await walkChain(rows);
  const problems = [...walk.problems];
  problems.push(...missingHeads(walk.heads, await anchoredHeads(rows), 'given out by this bureau'));
  for (const typed of givenHeads) problems.push(...presentedHead(walk.heads, typed));
  if (walk.brokenAt === undefined) {
    problems.push(...(await differingEntries(rows, walk.subjects)));
    problems.push(...(await differingPeople(rows, walk.subjects)));
    problems.push(...(await differingDepartments(rows, walk.subjects)));
  }
  const brokenAt = walk.brokenAt === undefined ? {} : { brokenAt: walk.brokenAt };
  return { records: walk.records, head: walk.head, ...brokenAt, problems };
}

interface Walk {
  records: number;
  head: string;
  heads: Set<string>;
  /** `entry/<id>`, `person/<id>` or `department/<id>` → the digest that the last record about it gives. */
  subjects: Map<string, string>;
  brokenAt?: number;
  problems: string[];
}

async function walkChain(rows: Rows): Promise<Walk> {
  const walk: Walk = {
    records: 0,
    head: GENESIS,
    heads: new Set([GENESIS]),
    subjects: new Map(),
    problems: [],
  };
  for (let after = 0; ; ) {
    const page = await rows.auditRecord.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: PAGE,
    });
    for (const record of page) {
      const why = step(walk, record);
      if (why) {
        walk.brokenAt = walk.records + 1;
        walk.problems.push(`Record ${walk.brokenAt}: ${why}`);
        return walk;
      }
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return walk;
    after = last.seq;
  }
}

/** @returns why the record does not continue the chain */
function step(walk: Walk, record: Row.AuditRecordModel): string | undefined {
  const expected = walk.records + 1;
  if (record.seq !== expected) return `missing: the next record has number ${record.seq}`;
  const hash = sha256(record.body);
  if (!hash.equals(record.hash)) return 'its bytes do not give its hash';
  const body = readBody(record.body);
  if (!body) return 'its bytes are not a record';
  if (body.prev !== walk.head) return 'it does not follow the record before it';
  const differs = differingColumn(body, record);
  if (differs) return `its column ${differs} differs from its bytes`;
  if (body.subject) walk.subjects.set(`${body.subject.kind}/${body.subject.id}`, body.subject.digest);
  walk.records = expected;
  walk.head = hash.toString('hex');
  walk.heads.add(walk.head);
  return undefined;
}

function readBody(bytes: Uint8Array): AuditBody | undefined {
  try {
    return auditBodySchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}

function differingColumn(body: AuditBody, record: Row.AuditRecordModel): string | undefined {
  const entryId = body.subject?.kind === 'entry' ? body.subject.id : null;
  const note = record.sealed ? sha256(record.sealed).toString('hex') : undefined;
  if (body.seq !== record.seq) return 'seq';
  if (body.at !== record.at.toISOString()) return 'at';
  if (body.actor !== record.actor) return 'actor';
  if (body.action !== record.action) return 'action';
  if (entryId !== record.entryId) return 'entryId';
  return body.note === note ? undefined : 'sealed';
}

async function anchoredHeads(rows: Rows): Promise<string[]> {
  const anchors = await rows.anchor.findMany();
  return anchors.map((anchor) => Buffer.from(anchor.hash).toString('hex'));
}

function missingHeads(heads: ReadonlySet<string>, given: readonly string[], whose: string): string[] {
  const all = [...heads];
  return given
    .filter((head) => !all.some((known) => known.startsWith(head)))
    .map(
      (head) => `Head ${head.slice(0, 16)}… ${whose} is not in the chain: records were removed or rewritten`,
    );
}

/** Too few digits would fit some head of any chain, none at all would fit every one. */
const HEAD = /^[0-9a-f]{16,64}$/;

function presentedHead(heads: ReadonlySet<string>, typed: string): string[] {
  const plain = typed.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  if (HEAD.test(plain)) return missingHeads(heads, [plain], 'that was presented');
  return [`Head "${typed.slice(0, 70)}" is none: expected at least 16 hexadecimal digits`];
}

async function differingEntries(rows: Rows, subjects: ReadonlyMap<string, string>): Promise<string[]> {
  const problems: string[] = [];
  const found = new Set<string>();
  for (let after = ''; ; ) {
    const page = await rows.entry.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: PAGE,
      include: { people: true, recusals: true },
    });
    for (const entry of page) {
      found.add(`entry/${entry.id}`);
      const digest = subjects.get(`entry/${entry.id}`);
      if (digest === undefined) problems.push(`Entry ${entry.ref} has no record`);
      else if (digest !== entryDigest(entry))
        problems.push(`Entry ${entry.ref} differs from its last record`);
    }
    const last = page.at(-1);
    if (!last) break;
    after = last.id;
  }
  return [...problems, ...removed('entry', subjects, found)];
}

async function differingPeople(rows: Rows, subjects: ReadonlyMap<string, string>): Promise<string[]> {
  const problems: string[] = [];
  const people = await rows.person.findMany({ include: { accounts: true } });
  for (const person of people) {
    const digest = subjects.get(`person/${person.id}`);
    if (digest === undefined) problems.push(`Person ${person.staffNumber} has no record`);
    else if (digest !== personDigest(person))
      problems.push(`Person ${person.staffNumber} differs from the last record`);
  }
  return [
    ...problems,
    ...removed('person', subjects, new Set(people.map((person) => `person/${person.id}`))),
  ];
}

/** A department of before departments were covered has no record: what is decided by it stands with its people. */
async function differingDepartments(rows: Rows, subjects: ReadonlyMap<string, string>): Promise<string[]> {
  const departments = await rows.department.findMany({ include: { links: true } });
  const problems = departments.flatMap((department) => {
    const digest = subjects.get(`department/${department.id}`);
    const differs = digest !== undefined && digest !== departmentDigest(department);
    return differs ? [`Department ${department.name} differs from its last record`] : [];
  });
  const found = new Set(departments.map(({ id }) => `department/${id}`));
  return [...problems, ...removed('department', subjects, found)];
}

function removed(kind: string, subjects: ReadonlyMap<string, string>, found: ReadonlySet<string>): string[] {
  return [...subjects.keys()]
    .filter((subject) => subject.startsWith(`${kind}/`) && !found.has(subject))
    .map((subject) => `The ${subject.replace('/', ' ')} is in the chain but no longer in the ledger`);
}
