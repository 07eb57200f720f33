import type { Ledger } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import type { Section } from '../ledger/message.ts';
import type { Work } from '../ledger/work.ts';
import { type Asking, type Handler, type Query, usefulTo } from './define.ts';

const WORD = '帮助';
/** Characters of a usage that stands in a line together with what it is for. */
const MOST_USAGE = 20;

/**
 * 帮助: what this person may do, and nothing else, in the order in which it is done, on one screen of a phone; with a word
 * behind it, how that word is used.
 */
export const help: Query = {
  kind: 'query',
  name: 'help',
  words: [WORD, '菜单', '功能', 'help', '你好', '您好'],
  usage: `${WORD} <词>`,
  help: '查看您能使用的功能，或一个词怎么用，例如：帮助 核验',
  group: '其他',
  may: () => true,
  async answer(asking, typed) {
    const useful = await usefulTo(asking);
    const asked = asking.allowed.find(({ words }) => words.includes(typed.trim()));
    if (asked) return { ...NOTICE, title: asked.usage, sections: [{ lines: [asked.help] }], actions: [] };
    const sections = await sectionsFor(asking, useful);
    return {
      ...NOTICE,
      title: '我能帮您做什么',
      sections: [
        { lines: [firstLine(asking)] },
        ...sections.map(({ heading, lines }) => ({ heading, lines })),
        {
          lines: [
            '办理某一条时，词后面写编号，例如「查看 2345-ABCD」；只有一条可办的可不写。发「帮助 核验」，看一个词怎么用。',
          ],
        },
      ],
      actions: sections
        .flatMap(({ handlers }) => handlers)
        .filter(
          ({ usage, words }, index, all) =>
            usage === words[0] && all.findIndex((each) => each.words === words) === index,
        )
        .slice(0, 6)
        .map(({ words: [word = ''] }) => ({ action: word, label: word })),
    };
  },
};

const NOTICE = { kind: 'notice', tone: 'plain' } as const;

const firstLine = ({ keepsBack }: Asking): string =>
  keepsBack
    ? '遇到说情打招呼，请发送「我要报告」，在网页上填写；请不要把内容写在聊天里。'
    : '遇到说情打招呼，直接用一句话告诉我即可，例如：昨天下午三点某某打电话让我在某项目评审中关照。';

interface Named extends Section {
  heading: string;
  handlers: Handler[];
}

/** The ledgers' works, then what belongs to none of them. */
async function sectionsFor(asking: Asking, useful: readonly Handler[]): Promise<Named[]> {
  const works: Named[] = [];
  for (const ledger of asking.store.ledgers) works.push(...(await worksOf(asking, ledger, useful)));
  const said = new Set(works.flatMap(({ handlers }) => handlers));
  const others = useful.filter((handler) => !said.has(handler));
  return [
    ...works,
    ...[...Map.groupBy(others, ({ group }) => group)].map(([heading, handlers]) => ({
      heading,
      handlers,
      lines: handlers.map(lineOf),
    })),
  ];
}

/** What this person does with the ledger. */
async function worksOf(asking: Asking, ledger: Ledger, useful: readonly Handler[]): Promise<Named[]> {
  const parts = await asking.entries.partsOf(asking.person.id, ledger.name);
  const named: Named[] = [];
  for (const work of ledger.works ?? []) {
    if (!isDoneBy(work, asking.person, parts)) continue;
    const said = new Set(work.namesMore && named.flatMap(({ handlers }) => handlers));
    const usable = (work.forEverybody ? asking.allowed : useful).filter((handler) => !said.has(handler));
    named.push(...worked(work, ledger.title, usable));
  }
  return named;
}

const isDoneBy = ({ by }: Work, { roles }: Person, taken: ReadonlySet<string>): boolean =>
  by === undefined ||
  (by.roles?.some((role) => roles.includes(role)) ?? false) ||
  (by.parts?.some((part) => taken.has(part)) ?? false);

/** How it is typed, where that is short; a phone is narrow. */
const lineOf = ({ usage, words: [word = ''], help: line }: Handler): string =>
  `${usage.length <= MOST_USAGE ? usage : word}：${line}`;

/** Nothing where no word of the ledger's own is for this person: what serves everywhere makes no work. */
function worked({ heading, steps }: Work, group: string, handlers: readonly Handler[]): Named[] {
  const named = steps.flatMap(({ label, words }) => {
    const found = words.flatMap((word) => handlers.find((handler) => handler.words[0] === word) ?? []);
    return found.length > 0 ? [{ label, found }] : [];
  });
  const all = named.flatMap(({ found }) => found);
  if (!all.some((handler) => handler.group === group)) return [];
  const lines = named.map(
    ({ label, found }, index) =>
      `${index + 1}. ${label}：${found.map(({ words: [word] }) => word).join(' · ')}`,
  );
  return [{ heading, handlers: all, lines }];
}
