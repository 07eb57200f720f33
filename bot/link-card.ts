import {
  type Action,
  ITEM_TABLE,
  type NoticeContent,
  openLine,
  showLine,
  WHOLE_LEDGER,
  WORKBOOK,
} from '../ledger/message.ts';
import { makePageLink, type PageSubject } from '../ledger/page-link.ts';
import { Refusal } from '../ledger/refusal.ts';
import type { Rows } from '../ledger/store.ts';
import { asksForms } from './dialogue/running.ts';
import { howToDrop } from './dialogue/wording.ts';
import type { House } from './house.ts';
import type { Inbound } from './platform.ts';

export interface Way {
  personId: string;
  subject: PageSubject;
  /** Number and state, or what the form is called: all that the chat is told. */
  title: string;
  /** What a form is called that can be discarded where it is linked to. */
  form?: string;
  /** What is said above the code. */
  notes?: readonly string[];
  at: Date;
}

function called(subject: PageSubject): string {
  if (subject.kind === 'form') return subject.draftId;
  if (subject.kind === 'workbook') return WORKBOOK;
  if (subject.kind === 'items') return ITEM_TABLE;
  return subject.kind === 'entry' ? subject.ref : WHOLE_LEDGER;
}

/**
 * Makes a way to a page and puts it on a card: the address behind a button, the code beside it.
 * @throws Refusal `not-enabled` where people's browsers do not reach the house
 */
export async function linkCard(
  house: House,
  rows: Rows,
  inbound: Inbound,
  { personId, subject, title, form, notes = [], at }: Way,
): Promise<NoticeContent> {
  const { store, pagesAt } = house;
  const { platform, account } = inbound;
  const pages = pagesAt?.(platform);
  if (pages === undefined) throw new Refusal('not-enabled', '本单位还没有设置页面地址，请联系系统管理员。');
  const holder = { personId, platform, externalId: account };
  const { secret, code } = await makePageLink(store, rows, { holder, subject, at });
  const { linkMinutes, pageMinutes } = store.rules.contents;
  const line = openLine(called(subject));
  const actions: Action[] = [
    { action: line, label: '打开页面', style: 'primary', url: `${pages}/p/${secret}` },
    { action: line, label: '重新获取链接' },
  ];
  return {
    kind: 'notice',
    title,
    tone: 'plain',
    sections: [
      ...(notes.length > 0 ? [{ lines: [...notes] }] : []),
      {
        lines: [
          `口令：${code}`,
          `打开页面后输入口令。链接 ${linkMinutes} 分钟内有效，只能用一次；打开后 ${pageMinutes} 分钟没有操作会自动关闭。`,
          '口令只发给您本人，请勿转给他人。',
          ...(form !== undefined && asksForms(house, inbound) ? [howToDrop(form)] : []),
        ],
      },
    ],
    actions,
    ...(subject.kind === 'entry' && { refresh: showLine(subject.ref), isView: true }),
  };
}
