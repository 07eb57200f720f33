import { defaultRules, type Rules } from '../../../config/rules.ts';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import type { Entry } from '../../../ledger/define.ts';
import type { Person } from '../../../ledger/directory.ts';
import type { ItemData } from '../../../ledger/rectification/data.ts';
import type { Here } from '../../../ledger/rectification/moves/step.ts';
import { plainBureau, someone } from '../plain-bureau.ts';
import { plainEntry } from '../plain-entry.ts';

interface Said {
  entry?: Partial<Entry>;
  data?: Partial<ItemData>;
  actor?: Person;
  today?: string;
  rules?: Partial<Rules>;
  people?: readonly Person[];
}

const calendar = bureauCalendar();

/** What a step with Z1-1-1 is decided on; what is not said is an item at work, on Monday 2026-11-23. */
export function plainItem({ entry, data, actor = someone('做事人'), rules, ...said }: Said = {}): Here {
  const { today = '2026-11-23', people = [actor] } = said;
  return {
    entry: plainEntry({ ledger: 'rectification', ref: 'Z1-1-1', state: 'progressing', ...entry }),
    data: { level: 'measure', number: 1, ...data },
    contents: undefined,
    ...{ actor, today, calendar, at: calendar.instantOf(today, '10:00') },
    rules: { ...defaultRules, ...rules },
    directory: plainBureau(people),
  };
}
