import type { Filing, Ledger } from '../ledger/define.ts';
import type { RawValues } from '../ledger/form.ts';
import type { Command } from './define.ts';

/** One command for each ledger that people add to: 「我要报告」. Nothing is recorded before the form is sent. */
export function filingCommands(ledgers: readonly Ledger[]): Command[] {
  return ledgers.flatMap((ledger) => (ledger.filing ? [filingCommand(ledger, ledger.filing)] : []));
}

function filingCommand(ledger: Ledger, filing: Filing): Command {
  return {
    kind: 'command',
    name: `file.${ledger.name}`,
    words: [filing.word, ...(filing.also ?? [])],
    usage: filing.word,
    help: filing.help,
    group: ledger.title,
    may: ({ roles }) => filing.by?.roles.some((role) => roles.includes(role)) ?? true,
    ...(ledger.contents && { sealed: true }),
    fields: filing.fields,
    ...(filing.understand && { understand: filing.understand }),
    async plan(asking, typed) {
      const { timeZone } = asking.store.calendar;
      return {
        subject: '',
        title: filing.title,
        intro: filing.intro(asking.store.rules),
        fields: filing.fields,
        ...(filing.asked && {
          asked: (raw) => filing.asked?.(raw, { at: asking.at, ...asking.store }) ?? {},
        }),
        start: typeof filing.start === 'function' ? filing.start(asking.store.rules) : (filing.start ?? {}),
        given: typed
          ? (filing.understand?.(typed, asking.at, timeZone, asking) ?? asTyped(filing, typed))
          : {},
        confirm: true,
        ...(ledger.contents && { confidential: true }),
      };
    },
    ...(ledger.files && !filing.withoutFiles && { takesFiles: 'form' }),
    decide: (operation, actor, _subject, raw, draftId) => filing.file(operation, actor, raw, draftId),
  };
}

const asTyped = ({ inline }: Filing, typed: string): RawValues => (inline ? { [inline]: typed } : {});
