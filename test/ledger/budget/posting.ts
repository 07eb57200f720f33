import { type Content, headline } from '../../../ledger/message.ts';
import { operate, type Post } from '../../../ledger/operation.ts';
import { contentOf } from '../../../ledger/outbox.ts';
import type { Store } from '../../../ledger/store.ts';
import { WITHIN } from '../../../ledger/within.ts';

/** A message as far as a test cares. */
export type Given = Partial<Omit<Post, 'content'>> & { key: string; title?: string };

export const notice = (title: string): Content => ({
  kind: 'notice',
  title,
  tone: 'green',
  sections: [{ lines: [`${title}的内容`] }],
  actions: [{ action: '我的整改', label: '我的整改' }],
});

/** Posts as a job does at that time, in one operation. @returns how many came in line */
export async function post(store: Store, at: string | Date, ...given: readonly Given[]): Promise<number> {
  return operate(store, { actor: 'job:graded-warning', at: new Date(at) }, async (operation) => {
    for (const { title, ...message } of given)
      operation.post({
        personId: 'somebody',
        job: 'graded-warning',
        ...message,
        content: notice(title ?? `提醒${message.key}`),
      });
    return operation.flush();
  });
}

/** What was due by then has gone out; what it said is kept, to be looked at. */
export async function goOut(store: Store, at: string | Date): Promise<void> {
  await store.database.write((rows) =>
    rows.outbox.updateMany({
      where: { state: 'waiting', notBefore: { lte: new Date(at) } },
      data: { state: 'sent' },
    }),
  );
}

/** What is or was in line for somebody, in the order of going out. */
export interface InLine {
  notBefore: string;
  title: string;
  /** Of each message in it the title under which it was said. */
  says: string[];
  isExempt: boolean;
  isCarried: boolean;
}

export async function inLine(store: Store, personId = 'somebody'): Promise<InLine[]> {
  const rows = await store.database.rows.outbox.findMany({
    where: { personId, state: { not: WITHIN } },
    orderBy: [{ notBefore: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => {
    const content = contentOf(store, row);
    return {
      notBefore: store.calendar.minuteOf(row.notBefore),
      title: headline(content),
      says: partsOf(content),
      isExempt: row.isExempt,
      isCarried: row.isCarried,
    };
  });
}

const DATED = /^\d{4}-\d\d-\d\d /;

function partsOf(content: Content): string[] {
  const headings = content.kind === 'notice' ? content.sections.map(({ heading = '' }) => heading) : [];
  const dated = headings.filter((heading) => DATED.test(heading));
  return dated.length > 0 ? dated.map((heading) => heading.replace(DATED, '')) : [headline(content)];
}
