import type { Person } from '../../../ledger/directory.ts';

/** A report as far as the rules look at it. */
export interface Report {
  state: string;
  reporter: string;
  /** Of the 派驻纪检组, who has it. */
  receivers: readonly string[];
  /** Who was found to be meant, or is kept away for another reason. */
  hidden: readonly string[];
  judgedBy: string | undefined;
  /** Who was found to be meant, by whom, and still is held to be. */
  found: readonly { person: string; by: string }[];
  /** It was handed over to these, and is theirs to answer. */
  isHandedOver: boolean;
  /** How many questions wait for an answer. */
  openQuestions: number;
  /** An objection was decided by 维持. */
  upheld: boolean;
}

interface Rule {
  from: readonly string[];
  to: readonly string[];
  by: 'officer' | 'reporter';
  /** What else has to be so. */
  only?(report: Report, person: Person): boolean;
}

const HANDLED = ['submitted', 'accepted', 'screening', 'inquiry', 'suspected', 'disposing', 'objected'];

/**
 * The rules once more, written down from the bureau's side and not from the program's: from which states a word may be
 * said, to which it leads (`=`: where it was), and who may say it.
 */
const RULES: Readonly<Record<string, Rule>> = {
  受理: { from: ['submitted'], to: ['accepted'], by: 'officer' },
  开始甄别: { from: ['accepted'], to: ['screening'], by: 'officer' },
  备查: { from: ['submitted', 'accepted', 'screening'], to: ['routine'], by: 'officer' },
  甄别: {
    from: ['accepted', 'screening'],
    to: ['routine', 'inquiry', 'suspected', 'returned'],
    by: 'officer',
  },
  处置: { from: ['routine', 'inquiry', 'suspected'], to: ['disposing'], by: 'officer' },
  反馈: {
    from: ['routine', 'inquiry', 'suspected', 'disposing'],
    to: ['answered'],
    by: 'officer',
    only: ({ isHandedOver, receivers }, { id }) => !isHandedOver || receivers.includes(id),
  },
  归档: { from: ['routine', 'answered'], to: ['archived'], by: 'officer' },
  追问: { from: HANDLED, to: ['='], by: 'officer' },
  认定: {
    from: [...HANDLED, 'routine', 'returned', 'answered', 'archived', 'withdrawn', 'unsealing'],
    to: ['='],
    by: 'officer',
  },
  更正认定: {
    from: [...HANDLED, 'routine', 'returned', 'answered', 'withdrawn'],
    to: ['='],
    by: 'officer',
    only: ({ found }) => found.length > 0,
  },
  复核: {
    from: ['objected'],
    to: ['answered', 'screening'],
    by: 'officer',
    only: ({ judgedBy }, { id }) => judgedBy !== id,
  },
  回复: {
    from: [...HANDLED, 'routine', 'answered'],
    to: ['='],
    by: 'reporter',
    only: ({ openQuestions }) => openQuestions > 0,
  },
  异议: {
    from: ['routine', 'answered', 'archived', 'unsealing'],
    to: ['objected'],
    by: 'reporter',
    only: ({ upheld }) => !upheld,
  },
  申请解封: { from: ['archived'], to: ['unsealing'], by: 'officer' },
  补正: { from: ['returned'], to: ['submitted'], by: 'reporter' },
  撤回: { from: ['submitted', 'accepted', 'returned'], to: ['withdrawn'], by: 'reporter' },
};

export const WORDS: readonly string[] = Object.keys(RULES);

/** The states in which a report may be after the word was said in this one. */
export function statesAfter(state: string, word: string): string[] {
  const rule = RULES[word];
  if (!rule?.from.includes(state)) return [];
  return rule.to.map((to) => (to === '=' ? state : to));
}

/** All of discipline and who received it, but nobody from whom it is hidden, and not who filed it. */
const mayHandle = ({ reporter, receivers, hidden }: Report, { id, roles }: Person): boolean =>
  id !== reporter && !hidden.includes(id) && (roles.includes('discipline') || receivers.includes(id));

/** Whether the word has to be accepted; if not, it has to be refused. */
export function isAllowed(report: Report, word: string, person: Person): boolean {
  const rule = RULES[word];
  if (!rule?.from.includes(report.state)) return false;
  const may = rule.by === 'reporter' ? person.id === report.reporter : mayHandle(report, person);
  return may && (rule.only?.(report, person) ?? true);
}
