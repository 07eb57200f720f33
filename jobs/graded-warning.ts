import { createHash } from 'node:crypto';
import type { Entry } from '../ledger/define.ts';
import { mayAddFiles } from '../ledger/evidence.ts';
import { movesOpenTo, situationOf } from '../ledger/move.ts';
import type { Operation } from '../ledger/operation.ts';
import { WARNED } from '../ledger/rectification/data.ts';
import { rectification } from '../ledger/rectification/rectification.ts';
import { type Level, levelOf, toldOf, type Warning, warningCard } from '../ledger/rectification/warning.ts';
import type { Job } from './define.ts';

/**
 * 分级预警: each level once an item and date, merged into one message a person. It stops with 申请销号. On days on which
 * nobody may be told, nothing is said: the next workday's message has all that came up meanwhile.
 */
export const gradedWarning: Job = {
  name: 'graded-warning',
  at: (rules) => rules.warnings.at,
  async run(operation) {
    const { store, at, today } = operation;
    const { calendar, rules } = store;
    if (at < calendar.instantOf(today, rules.warnings.at)) return;
    if (rules.quietHours.workdaysOnly && !calendar.isWorkday(today)) return;
    const { green, yellow } = rules.warnings;
    const dueBefore = calendar.addDays(today, Math.max(green.days, yellow.days) + 1);
    const items = await operation.entries.list({
      ledger: 'rectification',
      states: WARNED,
      dueBefore,
      leaf: true,
    });
    const told = new Map<string, Warning[]>();
    for (const item of items) {
      const level = levelOf(item, today, store);
      if (!level || !(await isNew(operation, item, level))) continue;
      for (const personId of toldOf(item, level, operation.directory)) {
        told.set(personId, [...(told.get(personId) ?? []), { item, level }]);
      }
    }
    for (const [personId, warnings] of told) {
      const key = keyOf(warnings);
      operation.post({
        key: `${gradedWarning.name}:${key}:${personId}`,
        personId,
        job: 'graded-warning',
        isExempt: warnings.some(({ level }) => level === 'red'),
        notLaterThan: earliest(warnings),
        content: warningCard(warnings, today, {
          ...{ calendar, directory: operation.directory },
          wordsFor: (item) => wordsFor(operation, personId, item),
        }),
      });
    }
  },
};

/** What he may do about it, in the order in which it is offered, three at most. */
const OFFERED = ['签收', '进展', '申请销号', '补充佐证', '申请延期', '申请暂难', '恢复整改'];
const DECIDED = ['准予延期', '不予延期', '同意暂难', '不同意暂难'];
const MOST_WORDS = 3;

function wordsFor(operation: Operation, personId: string, item: Entry): string[] {
  const person = operation.directory.byId(personId);
  if (!person || !operation.entries.readable(item)) return [];
  const open = movesOpenTo(rectification, situationOf(operation, person, item)).map(({ word }) => word);
  const files = mayAddFiles(rectification, person, item) ? [rectification.files?.word] : [];
  // Evidence first: without it no closing can be asked for.
  const may = [...open, ...(open.includes('申请销号') ? [] : files)];
  return [...DECIDED, ...OFFERED].filter((word) => may.includes(word)).slice(0, MOST_WORDS);
}

/** A warning that comes after its date warns of nothing. */
const earliest = (warnings: readonly { item: Entry }[]): string =>
  warnings.map(({ item }) => item.dueOn ?? '').reduce((a, b) => (a < b ? a : b));

const isNew = (operation: Operation, item: Entry, level: Level): Promise<boolean> =>
  operation.isFirst(gradedWarning.name, `${item.id}:${item.dueOn}:${level}`);

/** What a merged message says stands in its key, so that another message has another key. */
const keyOf = (warnings: readonly Warning[]): string =>
  createHash('sha256')
    .update(warnings.map(({ item, level }) => `${item.id}:${item.dueOn}:${level}`).join())
    .digest('base64url');
