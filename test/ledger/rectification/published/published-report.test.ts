import JSZip from 'jszip';
import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDirectory } from '../../../../ledger/directory.ts';
import { entriesFor } from '../../../../ledger/entry.ts';
import { operate } from '../../../../ledger/operation.ts';
import { privateNumbers } from '../../../../ledger/rectification/published/published-report.ts';
import { type Composed, reportOf } from '../../../../ledger/rectification/published/report-of.ts';
import { Refusal } from '../../../../ledger/refusal.ts';
import { publishedReportDocx } from '../../../../paper/published-report-docx.ts';
import { applyForClosing, assign, say } from '../../../jobs/at-work.ts';
import {
  openSampleRecord,
  personNamed,
  type SampleRecord,
  takeStep,
  waitingMessages,
} from '../../../sample-record.ts';

const AT = new Date('2026-11-23T01:00:00Z');

let record: SampleRecord;

beforeEach(async () => {
  record = await openSampleRecord(AT);
});

afterEach(() => record.close());

async function composed(at = AT): Promise<Composed> {
  const { store } = record;
  const entries = entriesFor(store, store.database.rows, await personNamed(store, '程一禾'));
  return reportOf({ entries, today: store.calendar.dateOf(at), rules: store.rules }, 'latest');
}

const wordsOf = ({ report }: Composed): string => JSON.stringify(report.sections);
const section = ({ report }: Composed, start: string) =>
  report.sections.find(({ heading }) => heading.startsWith(start))?.paragraphs ?? [];
const problemsIn = (of: Composed) =>
  section(of, '二').flatMap(({ heading, text }) => (text && heading ? [{ heading, text }] : []));

async function close(ref: string): Promise<void> {
  const { store } = record;
  await assign(store, ref, { responsible: ['方远山'], dueOn: '2026-12-31', at: AT });
  await applyForClosing(store, '方远山', ref, AT);
  await say(store, '孟知行', ['审核通过', ref], AT);
  await say(store, '叶知秋', ['复核通过', ref], AT);
}

describe('what is published of a round', () => {
  it('names every problem in its order, each with its measures', async () => {
    const { store } = record;
    const rows = await store.database.rows.entry.findMany({ orderBy: { position: 'asc' } });
    const problems = rows.filter(({ ref }) => /^Z1-\d+$/.test(ref));
    const printed = problemsIn(await composed());
    expect(printed.map(({ heading }) => heading)).toEqual(
      problems.map(({ title }, index) => `${index + 1}.关于“${title}”问题的整改`),
    );
    for (const [index, problem] of problems.entries()) {
      const measures = rows.filter(({ parentId }) => parentId === problem.id);
      const places = measures.map(({ title }) => printed[index]?.text.indexOf(title.replace(/[。；]$/u, '')));
      expect(places.length).toBeGreaterThan(0);
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it('counts each item once: what is closed and what is not add up to all', async () => {
    await close('Z1-3-1');
    await assign(record.store, 'Z1-3-2', { responsible: ['林砚秋'], dueOn: '2026-12-31', at: AT });
    const [all, parts] = section(await composed(), '一').map(({ text }) => text);
    const items = Number(/合计 (\d+) 个/.exec(all ?? '')?.[1]);
    const counted = [...(parts ?? '').matchAll(/(?:销号|整改|坚持) (\d+) 项/g)].map(([, count]) =>
      Number(count),
    );
    expect(items).toBe(await record.store.database.rows.entry.count({ where: { children: { none: {} } } }));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(items);
    expect(counted[0]).toBe(1);
    expect(all).toContain(`已对 2 项明确`);
  });

  it('says what came of a measure that is closed, and until when another is worked on', async () => {
    await close('Z1-3-1');
    await assign(record.store, 'Z1-3-2', { responsible: ['林砚秋'], dueOn: '2026-12-31', at: AT });
    const text = problemsIn(await composed())[2]?.text;
    expect(text).toMatch(/一是.*示例。（已完成并销号）二是.*（正在整改，时限2026年12月31日）/u);
  });
});

describe('what people wrote', () => {
  const progress = { text: '经与示例人核对，电话 13900000000' };

  it('of their progress stays in the house, and what was done is printed once two others have found it so', async () => {
    await assign(record.store, 'Z1-3-2', { responsible: ['林砚秋'], dueOn: '2026-12-31', at: AT });
    await say(record.store, '林砚秋', ['签收', 'Z1-3-2'], AT);
    await say(record.store, '林砚秋', ['进展', 'Z1-3-2'], AT, progress);
    expect(wordsOf(await composed())).not.toContain('示例人');
  });

  it('is pointed out where it looks like somebody’s number, and can be put otherwise for the public', async () => {
    await close('Z1-3-1');
    await say(record.store, '程一禾', ['修改', 'Z1-3-1'], AT, { publicSummary: progress.text });
    const { report } = await composed();
    expect(privateNumbers(report)).toBe(1);
    await say(record.store, '程一禾', ['修改', 'Z1-3-1'], AT, { publicSummary: '制度已经修订' });
    const mended = await composed();
    expect(privateNumbers(mended.report)).toBe(0);
    expect(problemsIn(mended)[2]?.text).toContain('制度已经修订。（已完成并销号）');
  });
});

describe('of a round that is begun by words', () => {
  it('says who inspected, and is signed by the bureau; a round without problems says so', async () => {
    const { store } = record;
    await operate(store, { actor: 'command:test', at: AT }, async (operation) => {
      const round = await operation.entries.get('Z1');
      const data = { level: 'round', source: '巡察', feedbackBy: '示例巡察组', feedbackOn: '2026-09-01' };
      await operation.change(round, { state: round.state, data }, { action: 'rectification.test' });
      await operation.create({ ...EMPTY, data });
    });
    const { report, round } = await composed();
    expect(round.entry.ref).toBe('Z1');
    expect(report.opening).toContain('示例巡察组向本单位反馈了巡察意见');
    expect(report.issuer).toBe(store.rules.bureau.name);
    const entries = entriesFor(store, store.database.rows, await personNamed(store, '程一禾'));
    const empty = await reportOf({ entries, today: '2026-11-23', rules: store.rules }, 'Z2');
    expect(section(empty, '一')).toEqual([{ text: '本轮尚无可以公布的问题。' }]);
  });
});

const EMPTY = { ledger: 'rectification', ref: 'Z2', state: 'opened', title: '示例空轮次' };

describe('what is not public', () => {
  it('is left out without a gap: a measure, a whole problem, and what is hidden from anybody', async () => {
    const { store } = record;
    const before = await composed();
    const titles = (await store.database.rows.entry.findMany()).map(({ ref, title }) => ({ ref, title }));
    const titleOf = (ref: string) => titles.find((each) => each.ref === ref)?.title ?? 'none';
    await say(store, '程一禾', ['修改', 'Z1-2'], AT, { published: 'no' });
    await say(store, '程一禾', ['修改', 'Z1-3-1'], AT, { published: 'no' });
    const recused = await personNamed(store, '韩予安');
    await operate(store, { actor: 'command:test', at: AT }, async (operation) => {
      const entry = await operation.entries.get('Z1-4-1');
      await operation.change(
        entry,
        { state: entry.state, recused: [recused.id] },
        { action: 'rectification.hide' },
      );
    });
    const after = await composed();
    for (const ref of ['Z1-2', 'Z1-3-1', 'Z1-4-1']) {
      const words = titleOf(ref).replace(/[。；]$/u, '');
      expect(wordsOf(before)).toContain(words);
      expect(wordsOf(after)).not.toContain(words);
    }
    const numbers = problemsIn(after).map(({ heading }) => Number.parseInt(heading, 10));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers).toHaveLength(problemsIn(before).length - 1);
  });
});

describe('the sign-off', () => {
  const sign = (name: string, ref = 'Z1') => say(record.store, name, ['签发通报', ref], AT);

  it('makes it final, until anything it says is different', async () => {
    expect((await composed()).isFinal).toBe(false);
    await sign('田守正');
    expect((await composed()).isFinal).toBe(true);
    expect((await composed(new Date('2026-11-25T01:00:00Z'))).isFinal).toBe(true);
    await assign(record.store, 'Z1-3-2', { responsible: ['林砚秋'], dueOn: '2026-12-31', at: AT });
    expect((await composed()).isFinal).toBe(false);
    await sign('田守正');
    expect((await composed()).isFinal).toBe(true);
  });

  it('is the 党组书记 alone, of a round alone, and once', async () => {
    for (const name of ['程一禾', '姜明澈', '孟知行']) await expect(sign(name)).rejects.toThrow(Refusal);
    await expect(sign('田守正', 'Z1-3')).rejects.toThrow('不是轮次');
    await sign('田守正');
    await expect(sign('田守正')).rejects.toThrow('此后没有变动');
  });

  it('is told to those who prepare the report', async () => {
    const { store } = record;
    const person = await personNamed(store, '田守正');
    await takeStep(store, { person, word: '签发通报', ref: 'Z1', at: AT });
    const told = (await waitingMessages(store)).map(({ to }) => to).sort();
    const directory = await readDirectory(store.database.rows);
    const expected = ['discipline', 'supervisor'].flatMap((role) =>
      directory.withRole(role as 'discipline').map(({ name }) => name),
    );
    expect(told).toEqual([...new Set(expected)].sort());
  });
});

describe('the Word document', () => {
  it('has every word of the report, and says that it is a draft until it is final', async () => {
    const { report } = await composed();
    const final = Buffer.from(await publishedReportDocx(report, true));
    const draft = Buffer.from(await publishedReportDocx(report, false));
    const { value } = await mammoth.extractRawText({ buffer: final });
    const said = [report.title, report.opening, report.issuer].concat(
      report.sections.flatMap(({ heading, paragraphs }) => [
        heading,
        ...paragraphs.flatMap(({ heading: own, text }) => [own ?? '', text]),
      ]),
    );
    expect(said.filter((line) => !value.includes(line))).toEqual([]);
    expect(await headersOf(draft)).toContain('草稿');
    expect(await headersOf(final)).not.toContain('草稿');
  });
});

/** What stands on top of each page. */
async function headersOf(docx: Buffer): Promise<string> {
  const zip = await JSZip.loadAsync(docx);
  const headers = zip.file(/^word\/header\d*\.xml$/);
  return (await Promise.all(headers.map((file) => file.async('string')))).join('');
}
