import type { Rows } from '../../prisma/database.ts';
import { fileFlaws } from '../attachment-flaws.ts';
import { brokenSeals } from '../broken-seals.ts';
import type { SealingKeys } from '../key-ring.ts';
import { differingReceipts } from '../receipt/differing-receipts.ts';
import { differingEntries } from './differing-entries.ts';
import { departmentDigest, personDigest } from './digest.ts';
import { missingHead, missingHeads, type StandingHead, typedHead, wantedHeads } from './heads.ts';
import { walkChain } from './walk-chain.ts';

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
  const anchored = await anchoredHeads(rows);
  const presented = givenHeads.map((typed) => ({ typed, head: typedHead(typed) }));
  const heads = wantedHeads([...anchored, ...presented.flatMap(({ head }) => head ?? [])]);
  const walk = await walkChain(rows, heads);
  const problems = [...walk.problems, ...missingHeads(heads, anchored, 'given out by this bureau')];
  const standing: StandingHead[] = [];
  for (const { typed, head } of presented) {
    const found = head === undefined ? undefined : heads.found(head);
    if (found) standing.push(found);
    else problems.push(head === undefined ? noHead(typed) : missingHead(head, 'that was presented'));
  }
  if (walk.brokenAt === undefined) {
    problems.push(...(await differingEntries(rows)));
    problems.push(...(await differingPeople(rows, walk.subjects)));
    problems.push(...(await differingDepartments(rows, walk.subjects)));
    problems.push(...(await differingReceipts(rows, walk.receipts)));
  }
  if (keys) problems.push(...(await brokenSeals(rows, keys)), ...(await fileFlaws(rows, keys)));
  const brokenAt = walk.brokenAt === undefined ? {} : { brokenAt: walk.brokenAt };
  return { records: walk.records, head: walk.head, ...brokenAt, problems, standing };
}

async function anchoredHeads(rows: Rows): Promise<string[]> {
  const anchors = await rows.anchor.findMany();
  return anchors.map((anchor) => Buffer.from(anchor.hash).toString('hex'));
}

const noHead = (typed: string): string =>
  `Head "${typed.slice(0, 70)}" is none: expected at least 16 hexadecimal digits`;

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
