import type { Row, Rows } from '../../prisma/database.ts';
import { fileFlaws } from '../attachment-flaws.ts';
import { brokenSeals } from '../broken-seals.ts';
import type { SealingKeys } from '../key-ring.ts';
import { type Committed, differingReceipts } from '../receipt/differing-receipts.ts';
import { sealedDigest } from '../seal.ts';
import { departmentDigest, entryDigest, personDigest, sha256 } from './digest.ts';
import { type AuditBody, GENESIS, readBody } from './trail.ts';

export interface Verification {
  /** Records read. */
  records: number;
  /** Hexadecimal head of the chain as far as it holds. */
  head: string;
  /** The first record that does not hold, if any. */
  brokenAt?: number;
  problems: string[];
  /** Of the given heads, those that stand in the chain. */
  standing: StandingHead[];
}

/** A head from outside: everything up to it is unchanged. */
export interface StandingHead {
  /** Hexadecimal. */
  head: string;
  /** How many records stand up to it. */
  records: number;
  /** When the last of them was made, ISO 8601. */
  at: string;
}

const PAGE = 1000;

/**
 * Walks the whole chain and compares what it says with the ledger as it stands.
 * @param givenHeads heads from outside (a digest on paper or in a chat), at least 16 hexadecimal digits each
 * @param keys open every sealed value too; without them only what the chain covers of it is compared
 */
export async function verify(
  rows: Rows,
  givenHeads: readonly string[] = [],
  keys?: SealingKeys,
): Promise<Verification> {
  const walk = await walkChain(rows);
  const problems = [...walk.problems];
  problems.push(...missingHeads(walk.heads, await anchoredHeads(rows), 'given out by this bureau'));
  const presented = givenHeads.map((typed) => presentedHead(walk.heads, typed));
  problems.push(...presented.flatMap((found) => (typeof found === 'string' ? [found] : [])));
  const standing = presented.filter((found) => typeof found !== 'string');
  if (walk.brokenAt === undefined) {
    problems.push(...(await differingEntries(rows, walk.subjects)));
    problems.push(...(await differingPeople(rows, walk.subjects)));
    problems.push(...(await differingDepartments(rows, walk.subjects)));
    problems.push(...(await differingReceipts(rows, walk.receipts)));
  }
  if (keys) problems.push(...(await brokenSeals(rows, keys)), ...(await fileFlaws(rows, keys)));
  const brokenAt = walk.brokenAt === undefined ? {} : { brokenAt: walk.brokenAt };
  return { records: walk.records, head: walk.head, ...brokenAt, problems, standing };
}

/** The chain as far as it holds. */
export interface Walk {
  records: number;
  head: string;
  /** Every head that the chain ever had, from the first on. */
  heads: Map<string, StandingHead>;
  /** By commitment, hexadecimal. */
  receipts: Map<string, Committed>;
  /** `entry/<id>`, `person/<id>` or `department/<id>` → the digest that the last record about it gives. */
  subjects: Map<string, string>;
  brokenAt?: number;
  problems: string[];
}

/** Reads every record, from the first to the last or to the first that does not hold. */
export async function walkChain(rows: Rows): Promise<Walk> {
  const walk: Walk = {
    records: 0,
    head: GENESIS,
    heads: new Map(),
    receipts: new Map(),
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
  // The chain covers the note's digest, not its bytes: it goes on, and everything behind it is looked at too.
  if (body.note !== noteDigest(record))
    walk.problems.push(`Record ${expected}: its column sealed differs from its bytes`);
  if (body.subject) walk.subjects.set(`${body.subject.kind}/${body.subject.id}`, body.subject.digest);
  walk.records = expected;
  walk.head = hash.toString('hex');
  walk.heads.set(walk.head, { head: walk.head, records: walk.records, at: body.at });
  if (body.receipt !== undefined)
    walk.receipts.set(body.receipt, { seq: body.seq, entryId: body.subject?.id, at: body.at });
  return undefined;
}

const noteDigest = ({ sealed }: Row.AuditRecordModel): string | undefined =>
  sealed ? sealedDigest(sealed).toString('hex') : undefined;

function differingColumn(body: AuditBody, record: Row.AuditRecordModel): string | undefined {
  const entryId = body.subject?.kind === 'entry' ? body.subject.id : null;
  if (body.seq !== record.seq) return 'seq';
  if (body.at !== record.at.toISOString()) return 'at';
  if (body.actor !== record.actor) return 'actor';
  if (body.action !== record.action) return 'action';
  if (entryId !== record.entryId) return 'entryId';
  return undefined;
}

async function anchoredHeads(rows: Rows): Promise<string[]> {
  const anchors = await rows.anchor.findMany();
  return anchors.map((anchor) => Buffer.from(anchor.hash).toString('hex'));
}

type Heads = Walk['heads'];

const headIn = (heads: Heads, start: string): StandingHead | undefined =>
  heads.get(start) ?? [...heads.values()].find(({ head }) => head.startsWith(start));

function missingHeads(heads: Heads, given: readonly string[], whose: string): string[] {
  // Before the first record there was nothing that could have been removed.
  return given
    .filter((head) => head !== GENESIS && !headIn(heads, head))
    .map((head) => missingHead(head, whose));
}

const missingHead = (head: string, whose: string): string =>
  `Head ${head.slice(0, 16)}… ${whose} is not in the chain: records were removed or rewritten`;

/** Too few digits would fit some head of any chain, none at all would fit every one. */
const HEAD = /^[0-9a-f]{16,64}$/;

/** @returns the head as it stands in the chain, or what is wrong */
function presentedHead(heads: Heads, typed: string): StandingHead | string {
  const plain = typed.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  if (HEAD.test(plain)) return headIn(heads, plain) ?? missingHead(plain, 'that was presented');
  return `Head "${typed.slice(0, 70)}" is none: expected at least 16 hexadecimal digits`;
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
