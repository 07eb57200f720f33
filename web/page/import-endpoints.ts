import { createHash } from 'node:crypto';
import type { House } from '../../bot/house.ts';
import { pageOf, type Visitor, visitorOf } from '../../bot/page/visiting.ts';
import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import type { CalendarDate } from '../../ledger/calendar.ts';
import type { Entry } from '../../ledger/define.ts';
import { applyPlan } from '../../ledger/rectification/workbook/apply-plan.ts';
import { columnOf } from '../../ledger/rectification/workbook/book.ts';
import { FIELD_NAMES } from '../../ledger/rectification/workbook/fields.ts';
import {
  type LedgerFile,
  ledgerRows,
  namedRound,
  notesOf,
  openLedgerFile,
  proposedRound,
  rememberColumns,
  withColumns,
} from '../../ledger/rectification/workbook/ledger-file.ts';
import {
  type ImportPlan,
  isWorthDoing,
  NOTHING_TO_DO,
  planImport,
  type Target,
} from '../../ledger/rectification/workbook/plan.ts';
import type { FoundRows } from '../../ledger/rectification/workbook/rows.ts';
import { requireKeeper } from '../../ledger/rectification/workbook/who-may.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { one, readSent, type Sent } from './body.ts';
import { cookieIn } from './cookie.ts';
import { download } from './download.ts';
import { keyIn } from './form-page.ts';
import type { HeldLedgers } from './import-held.ts';
import { type Chosen, columnName, importedPage, kindsOf, lookPage, tablesPage } from './import-page.ts';

async function keeper(house: House, request: EndpointRequest): Promise<{ visitor: Visitor; key: string }> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  const { key } = pageOf(visitor, 'workbook', keyIn(request));
  requireKeeper(visitor.asking.person);
  return { visitor, key };
}

const roundsOf = ({ asking }: Visitor): Promise<Entry[]> =>
  asking.entries.list({ ledger: 'rectification', parentId: null });

/** GET: from where tables go in and out. */
export async function workbookPage(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, key } = await keeper(house, request);
  return tablesPage(key, await roundsOf(visitor), house.store.rules);
}

/** GET: a round as a table. */
export async function workbookTaken(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor } = await keeper(house, request);
  const { entries, directory, today } = visitor.asking;
  const round = await entries.get(request.query.get('r') ?? '');
  const { rectificationXlsx } = await import('../../paper/rectification-xlsx.ts');
  return download(
    `整改台账-${round.ref}-${today}.xlsx`,
    await rectificationXlsx(entries, directory, round.ref),
  );
}

const GONE = '没有等待导入的文件：可能已经导入，或等得太久。请重新选择文件。';

/** POST: a file is read and shown, shown again with other columns, or, once confirmed, imported. */
export const workbookSent =
  (held: HeldLedgers) =>
  async (house: House, request: EndpointRequest): Promise<EndpointReply> => {
    const { visitor, key } = await keeper(house, request);
    const fileBytes = house.store.rules.import.maxMegabytes * 1024 * 1024;
    const sent = await readSent(request, { files: 1, fileBytes });
    const [given] = sent.files;
    if (given) {
      const read = await openLedgerFile(house.store, given.name, given.bytes).catch(unlessRefused);
      // Another file can be chosen where this one cannot be read.
      if (read instanceof Refusal)
        return tablesPage(key, await roundsOf(visitor), house.store.rules, read.message);
      held.keep(visitor.visit.id, read);
    }
    const waiting = held.find(visitor.visit.id);
    if (!waiting) throw new Refusal('invalid-input', GONE);
    const file = given ? waiting : columnsSent(waiting, sent);
    const sentTo = chosenIn(sent, file, visitor.asking.today);
    const chosen = given && !one(sent, 'title').trim() ? await withOwnRound(visitor, file, sentTo) : sentTo;
    const isSeen = one(sent, 'seen') === seenOf(file, chosen);
    if (one(sent, 'do') !== 'confirm' || !isSeen) {
      const isChanged = one(sent, 'do') === 'confirm' && !given;
      return looked(visitor, { key, file, chosen }, isChanged ? CHANGED : undefined);
    }
    const { plan, found } = await planned(visitor, file, chosen);
    if (!isWorthDoing(plan)) return looked(visitor, { key, file, chosen }, NOTHING_TO_DO);
    if (!held.take(visitor.visit.id)) throw new Refusal('invalid-input', GONE);
    const { person, at, store } = visitor.asking;
    const done = await applyPlan({ store, actor: person, at }, plan);
    await store.database.write((rows) => rememberColumns(rows, file));
    house.wake();
    return importedPage(key, done.round, done.rows, notesOf(file, found));
  };

function unlessRefused(fault: unknown): Refusal {
  if (fault instanceof Refusal) return fault;
  throw fault;
}

const CHANGED = '列的对应或导入的去处有改动，还没有导入。请核对后再点「确认导入」。';

function columnsSent(file: LedgerFile, sent: Sent): LedgerFile {
  return kindsOf(file).reduce((changed, { key }, index) => {
    const chosen = FIELD_NAMES.flatMap((field) => {
      const letters = sent.values.get(columnName(index, field))?.[0];
      return letters === undefined ? [] : [[field, columnOf(letters)]];
    });
    return withColumns(changed, Object.fromEntries(chosen), key);
  }, file);
}

function chosenIn(sent: Sent, file: LedgerFile, today: CalendarDate): Chosen {
  const proposed = proposedRound(file, today);
  const feedback = one(sent, 'feedback') || proposed.feedbackOn || '';
  return {
    round: one(sent, 'round') || 'new',
    title: one(sent, 'title').trim() || proposed.title,
    feedback: /^\d{4}-\d{2}-\d{2}$/.test(feedback) ? feedback : '',
  };
}

/** The rows of an export go back to the round that their numbers name, where nothing else was chosen and no new one is named. */
async function withOwnRound(visitor: Visitor, file: LedgerFile, chosen: Chosen): Promise<Chosen> {
  const ref = chosen.round === 'new' ? namedRound(file) : undefined;
  const isThere = ref !== undefined && (await roundsOf(visitor)).some((round) => round.ref === ref);
  return isThere ? { ...chosen, round: ref } : chosen;
}

const targetOf = ({ round, title, feedback }: Chosen): Target =>
  round === 'new'
    ? { title: title.slice(0, 200), ...(feedback && { feedbackOn: feedback }) }
    : { ref: round };

/** A digest: what was shown is what is confirmed. */
const seenOf = (file: LedgerFile, chosen: Chosen): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        targetOf(chosen),
        file.layouts.map(({ key, mapping }) => [key, FIELD_NAMES.map((field) => mapping[field] ?? '')]),
      ]),
    )
    .digest('hex')
    .slice(0, 32);

async function planned(
  { asking }: Visitor,
  file: LedgerFile,
  chosen: Chosen,
): Promise<{ found: FoundRows; plan: ImportPlan }> {
  const found = ledgerRows(file, asking.store.rules.import);
  return { found, plan: await planImport(asking, found.rows, targetOf(chosen)) };
}

async function looked(
  visitor: Visitor,
  { key, file, chosen }: { key: string; file: LedgerFile; chosen: Chosen },
  said: string | undefined,
): Promise<EndpointReply> {
  const rounds = await roundsOf(visitor);
  const base = { key, file, chosen, rounds, seen: seenOf(file, chosen) };
  try {
    const result = await planned(visitor, file, chosen);
    return lookPage({ ...base, result, ...(said !== undefined && { said }) });
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return lookPage({ ...base, result: { refused: fault.message } });
  }
}
