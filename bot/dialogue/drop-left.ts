import type { Asking } from '../../handlers/define.ts';
import { closeDraft, type Draft, findDraft } from '../../handlers/draft.ts';
import { dropFilesOf } from '../../ledger/attachment.ts';
import { text } from '../../ledger/message.ts';
import { abandonForm } from '../forms.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { stillPossible } from './known-form.ts';
import { leftForms } from './left-forms.ts';
import { replied } from './replied.ts';
import { endAsking } from './running.ts';
import { CANCEL, DROP, KEEP, plainWord, RESUME } from './words.ts';

/** A form that is open, and what people call it. */
interface Left {
  draft: Draft;
  title: string;
}

/** All of them at once. */
const ALL = '全部';
const DROPPED = new RegExp(`^(${DROP}|${CANCEL})(?:\\s+(.+))?$`, 'u');

/**
 * 「放弃」 where no form is asked: what is open all the same, such as on a page, can be discarded here, once it is confirmed. By its
 * name it can be at any time.
 * @param runningId the form that is being asked, which 「放弃」 alone means
 * @returns nothing where nothing of this was said, or nothing is open
 */
export async function dropLeft(
  house: House,
  inbound: Inbound,
  asking: Asking,
  runningId: string | undefined,
): Promise<Outcome | undefined> {
  const said = DROPPED.exec(plainWord(inbound.text));
  if (!said) return undefined;
  const [, , what = ''] = said;
  if (runningId !== undefined && (what === '' || what === KEEP)) return undefined;
  const left = await leftOf(house, asking);
  const named = left.find(({ title }) => plainWord(title) === what);
  if (named) return abandonForm(house, inbound, asking, named.draft.id);
  const [only, ...others] = left;
  if (!only) return undefined;
  if (what === ALL) return dropAll(house, inbound, asking, left);
  if (runningId !== undefined) return undefined;
  if (what === KEEP && others.length === 0) return abandonForm(house, inbound, asking, only.draft.id);
  if (what !== '' && what !== KEEP) return undefined;
  return replied(house, inbound, asking, async () => text(offered(left)));
}

async function leftOf(house: House, asking: Asking): Promise<Left[]> {
  const left: Left[] = [];
  for (const draft of await leftForms(house, asking)) {
    const still = await stillPossible(house, asking, draft);
    left.push({
      draft,
      title: 'plan' in still ? still.plan.title : calledAlone(draft, still.command?.words[0]),
    });
  }
  return left;
}

/** What is not possible any more is called by what was typed. */
const calledAlone = ({ subject }: Draft, word = '表单'): string =>
  `${word} ${subject.replace(/@\d+/gu, '')}`.trim();

function offered(left: readonly Left[]): string {
  const kept = `不丢弃就不用回复；接着填，发送「${RESUME}」。`;
  const [only, ...others] = left;
  if (only && others.length === 0)
    return `「${only.title}」还没有填完。要丢弃它（已填的一并删除，不作任何登记），回复「${DROP} ${KEEP}」。${kept}`;
  const titles = [...new Set(left.map(({ title }) => title))];
  return [
    `您有 ${left.length} 份没填完的表单。要丢弃（已填的一并删除，不作任何登记），回复：`,
    ...[...titles, ALL].map((title) => `「${DROP} ${title}」`),
    kept,
  ].join('\n');
}

async function dropAll(
  house: House,
  inbound: Inbound,
  asking: Asking,
  left: readonly Left[],
): Promise<Outcome> {
  const { store } = house;
  const content = text(`已放弃没填完的 ${left.length} 份表单，未作任何登记。`);
  return replied(house, inbound, asking, async (rows) => {
    for (const { draft } of left) {
      if ((await findDraft(store, rows, asking.person, draft.id)).state !== 'open') continue;
      await closeDraft(store, rows, draft, { state: 'abandoned', answer: content, at: asking.at });
      await dropFilesOf(rows, draft.id);
      await endAsking(rows, draft.id);
    }
    return content;
  });
}
