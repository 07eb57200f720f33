import type { House } from '../../bot/house.ts';
import { type BulkPressed, openFromTable, pressTable } from '../../bot/page/table-press.ts';
import { MOST_COUNTED, readRows } from '../../bot/page/table-rows.ts';
import { readItem } from '../../bot/page/table-trail.ts';
import { readView, type TableView, writeView } from '../../bot/page/table-view.ts';
import { pageOf, type Visitor, visitorOf } from '../../bot/page/visiting.ts';
import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import { text } from '../../ledger/message.ts';
import { LEDGER } from '../../ledger/rectification/round-parts.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { one, readSent, type Sent } from './body.ts';
import { cookieIn } from './cookie.ts';
import { keyIn, resultPage } from './form-page.ts';
import { itemBody } from './ledger-item.ts';
import { confirmPage, notDonePage, refusedPage } from './ledger-pressed.ts';
import { rowsNamed, tableBody } from './ledger-table.ts';
import { goTo, page } from './page.ts';

/** Rounds that can be chosen among, the latest first. */
const ROUNDS_OFFERED = 100;

/** A sheet on paper has no next page to press. */
const PRINT = 'print';

interface Visited {
  visitor: Visitor;
  key: string;
  view: TableView;
}

async function visited(house: House, request: EndpointRequest): Promise<Visited> {
  const visitor = await visitorOf(house, cookieIn(request.headers));
  const { key } = pageOf(visitor, 'items', keyIn(request));
  return { visitor, key, view: readView(request.query) };
}

/** GET: 整改台账 as a table, as far as this reader may see it. */
export async function tablePage(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, key, view } = await visited(house, request);
  const { asking } = visitor;
  const { rows, printedRows } = asking.store.rules.ledgerPage;
  const isPrint = request.query.has(PRINT);
  const shown = await readRows(asking, view, isPrint ? printedRows : rows);
  const rounds = await asking.entries.list(
    { ledger: LEDGER, parentId: null },
    { order: 'latest', take: ROUNDS_OFFERED },
  );
  const body = tableBody(asking, { key, view, shown, rounds, isPrint, mostCounted: MOST_COUNTED });
  return page('整改台账', body, { wide: true });
}

/** GET: one item, with the trail of what was done. */
export async function itemPage(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, key, view } = await visited(house, request);
  const item = await readItem(visitor.asking, request.query.get('r') ?? '');
  const { ledger } = item.entry;
  const { files } = visitor.asking.store.ledgers.find(({ name }) => name === ledger) ?? {};
  return page(item.title, itemBody(item, { back: writeView(key, view), hasFiles: files !== undefined }), {
    wide: true,
  });
}

const PRESS = /^[0-9a-f-]{36}$/;

/** POST: a button over the ticked rows, or the way to the page of one. */
export async function tablePressed(house: House, request: EndpointRequest): Promise<EndpointReply> {
  const { visitor, key, view } = await visited(house, request);
  const sent = await readSent(request, { files: 0, fileBytes: 0 });
  const back = writeView(key, view);
  try {
    if (one(sent, 'do') === 'open')
      return goTo(`/p/view?k=${await openFromTable(house, visitor, { ref: one(sent, 'r'), back })}`);
    const press = one(sent, 'press');
    if (!PRESS.test(press)) throw new Refusal('invalid-input', '发送的内容读不出来，没有办理。请返回重试。');
    const pressed = { word: one(sent, 'do'), targets: targetsIn(sent), press, back };
    const isSure = one(sent, 'sure') === 'true';
    return answered(visitor, await pressTable(house, visitor, { ...pressed, isSure }), pressed);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return refusedPage(fault.message, back);
  }
}

/** The ticked ones, or all that stood on the page and could be done with the word. */
function targetsIn(sent: Sent): string[] {
  if (one(sent, 'all') === 'true')
    return one(sent, rowsNamed(one(sent, 'do')))
      .split(' ')
      .filter(Boolean);
  return [...new Set(sent.values.get('target') ?? [])];
}

async function answered(
  visitor: Visitor,
  result: BulkPressed,
  { word, targets, back }: { word: string; targets: readonly string[]; back: string },
): Promise<EndpointReply> {
  if ('form' in result) return goTo(`/p/form?k=${result.form}`);
  if ('plan' in result) return confirmPage(result.plan, { word, targets, back, press: result.press });
  if ('refused' in result) return notDonePage(result, { word, back });
  const { card, toast = '', refused } = result.answer;
  return resultPage(visitor, card ?? text(toast), { back }, refused ? 422 : 200);
}
