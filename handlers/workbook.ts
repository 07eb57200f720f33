import { type Content, openLine, WORKBOOK } from '../ledger/message.ts';
import { keepsTables, requireKeeper } from '../ledger/rectification/workbook/who-may.ts';
import type { Asking, Query } from './define.ts';

/** The way to the page on which a table is imported or taken away: it goes through no chat. */
export function workbookWay({ person }: Asking): Content {
  requireKeeper(person);
  const title = '整改台账：导入和导出表格';
  const refresh = openLine(WORKBOOK);
  return { kind: 'notice', title, tone: 'plain', sections: [], actions: [], refresh, confidential: true };
}

/** 导入台账, 导出台账. */
export const workbook: Query = {
  kind: 'query',
  name: 'workbook',
  words: ['导入台账', '导出台账'],
  usage: '导入台账',
  help: '在页面中导入或导出整改台账表格（.xlsx、.csv）；也可发送：导出台账',
  group: '整改台账',
  may: keepsTables,
  answer: async (asking) => workbookWay(asking),
};
