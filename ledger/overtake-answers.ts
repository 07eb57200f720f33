import type { Rows } from '../prisma/database.ts';
import type { NewHeldCard } from '../prisma/held-cards.ts';
import { type AnswerHeld, answersAbout, followNoMore } from '../prisma/overtaken-cards.ts';

/**
 * Of the answers in a chat that tell about the same entries only the latest follows them: whoever works at an item for years
 * is answered hundreds of times, and what each said then stays true. One that is overtaken loses the state that stood below
 * it; afterwards it is looked at only when somebody may not see its entries any more.
 * @param begun cards that somebody has just begun to hold, in the order in which they stand in the chat
 */
export async function overtakeAnswers(rows: Rows, begun: readonly NewHeldCard[]): Promise<void> {
  const answers = begun.filter(({ canBeOvertaken }) => canBeOvertaken).map(asAnswer);
  const latest = begun.findLast(({ canBeOvertaken }) => canBeOvertaken);
  if (!latest) return;
  const people = [...new Set(answers.map(({ personId }) => personId))];
  const refs = [...new Set(answers.flatMap((answer) => answer.refs))];
  const overtaken = (await answersAbout(rows, people, refs)).filter((held) => {
    const place = answers.findIndex((answer) => isSame(answer, held));
    return answers.slice(place + 1).some((later) => overtakes(later, held));
  });
  await followNoMore(rows, overtaken, latest.sentAt);
}

const asAnswer = ({ platform, messageId, externalId, personId, entries }: NewHeldCard): AnswerHeld => ({
  ...{ platform, messageId, externalId, personId },
  refs: entries.filter(({ isFollowed }) => isFollowed).map(({ ref }) => ref),
});

const isSame = (one: AnswerHeld, other: AnswerHeld): boolean =>
  one.platform === other.platform && one.messageId === other.messageId;

const overtakes = (later: AnswerHeld, earlier: AnswerHeld): boolean =>
  later.platform === earlier.platform &&
  later.externalId === earlier.externalId &&
  later.personId === earlier.personId &&
  earlier.refs.every((ref) => later.refs.includes(ref));
