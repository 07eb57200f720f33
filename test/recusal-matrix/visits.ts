import { randomUUID } from 'node:crypto';
import { type Shown, Visitor } from '../page/visitor.ts';
import type { Filed } from './life.ts';
import { cellsOf } from './workbooks.ts';
import type { World } from './world.ts';

/** An officer's pages of what was filed, for whoever would have got hold of their addresses. */
export interface OfficersPages {
  /** A link that was not used yet. */
  url: string;
  /** By which the officer's own browser calls the page. */
  key: string;
}

/** What a browser was answered, whole, but for what is another one at each answer. */
interface Seen {
  place: string;
  status: number;
  headers: [string, string][];
  body: unknown;
}

const PASSING = ['date', 'set-cookie'];

const seen = ({ place, status, headers, html }: Shown): Seen => ({
  ...{ place, status, body: html },
  headers: [...headers].filter(([name]) => !PASSING.includes(name)),
});

/** The officer opens the report in his browser, and gets one more link, which he leaves alone. */
export async function openAsOfficer(world: World, name: string, ref: string): Promise<OfficersPages> {
  const wayTo = async () => {
    await world.feishu.writes(name, [`查看 ${ref}`]);
    const way = world.feishu.wayOf(name);
    if (!way) throw new Error(`${name} gets no page of ${ref}`);
    return way;
  };
  const { url, code } = await wayTo();
  const { place } = await new Visitor(world.address).open(url, code);
  const key = /k=([\w-]{8})/u.exec(place)?.[1] ?? '';
  return { url: (await wayTo()).url, key };
}

/**
 * A visit of one person, from his Feishu chat: his form, every place that somebody else's page has, a record that he may see or
 * not, 台账. @returns whatever his browser was answered, in order
 */
export async function visit(
  world: World,
  name: string,
  { refs: [lying, handled], pages }: Pick<Filed, 'refs' | 'pages'>,
  known: string,
): Promise<Seen[]> {
  const { feishu } = world;
  const answers: Seen[] = [];
  const browser = new Visitor(world.address);
  const opened = async (line: string): Promise<string> => {
    await feishu.writes(name, [line]);
    const way = feishu.wayOf(name);
    if (!way) return '/p/view?k=none';
    const shown = await browser.open(way.url, way.code);
    answers.push(seen(shown));
    return shown.place;
  };
  const form = await opened('我要报告');
  const said = { content: `${lying}、${handled}`, intercessorName: handled, do: 'send' };
  answers.push(seen(await browser.send(form, said)));
  answers.push(...(await guesses(browser, form, [lying, handled], pages)));
  const record = await opened(`打开 ${known}`);
  const press = { line: `受理 ${lying}@1`, press: randomUUID() };
  answers.push(seen(await browser.post(record.replace('/p/view', '/p/act'), press)));
  const ledger = await opened('打开 台账');
  for (const taken of ['ledger.xlsx', 'figures.xlsx'])
    answers.push(await workbook(world, browser, ledger.replace('/p/ledger', `/p/${taken}`)));
  return answers;
}

/** Somebody else's addresses, in a browser that has pages of its own. */
async function guesses(
  browser: Visitor,
  form: string,
  refs: readonly string[],
  { url, key }: OfficersPages,
): Promise<Seen[]> {
  const own = /k=([\w-]{8})/u.exec(form)?.[1] ?? '';
  const [lying = ''] = refs;
  const press = { line: `查看 ${lying}`, press: randomUUID() };
  const tried = [
    await browser.get(new URL(url).pathname),
    await browser.post(new URL(url).pathname, { code: '000000' }),
    await browser.get(`/p/view?k=${key}`),
    await browser.get(`/p/view?k=${own}`),
    await browser.get(`/p/form?k=${key}`),
    await browser.get(`/p/paper?k=${key}&as=docx`),
    await browser.get(`/p/file?k=${key}&f=${lying}`),
    await browser.get(`/p/ledger.xlsx?k=${key}`),
    await browser.get(`/p/figures.xlsx?k=${key}`),
    await browser.post(`/p/act?k=${key}`, press),
    await browser.post(`/p/act?k=${own}`, press),
    await browser.send(`/p/files?k=${key}`, press, { 'a.txt': new TextEncoder().encode('示例') }),
  ];
  return tried.map(seen);
}

/** 台账 as the browser takes it away, its cells. */
async function workbook(world: World, { cookie }: Visitor, place: string): Promise<Seen> {
  const response = await fetch(new URL(place, world.address), { headers: { cookie: cookie ?? '' } });
  const { status, headers } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith('PK')) return seen({ place, status, headers, html: text });
  // When it was made stands in it, packed, so its length is by chance; its cells are all that it says.
  const said = seen({ place, status, headers, html: '' });
  const kept = said.headers.filter(([header]) => header !== 'content-length');
  return { ...said, headers: kept, body: await cellsOf(bytes) };
}
