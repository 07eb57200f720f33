import type { Content } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { cardContext } from './accounts.ts';
import { addressed } from './addressee.ts';
import { LarkFailure } from './calls/lark-failure.ts';
import { type Card, type CardContext, cardJson, cardOf } from './card/card.ts';
import type { PictureWait, QrPictures } from './qr-pictures.ts';

/** What it takes to make a card. */
export interface CardMeans {
  store: Store;
  pictures: QrPictures;
}

/** The card with which content is answered at once; whatever is wrong with it cannot be mended any more. */
export async function answerCard(
  means: CardMeans,
  content: Content,
  openId: string,
  wait: PictureWait,
): Promise<Card> {
  return addressed(cardOf(content, await contextOf(means, content, wait)), openId);
}

/** Sends content by a call; where the platform refuses something that the card can do without, once more without it. */
export async function asCard<T>(
  means: CardMeans,
  { content, openId, wait }: { content: Content; openId: string; wait: PictureWait },
  call: (card: string) => Promise<T>,
): Promise<T> {
  const json = (context: CardContext) => cardJson(addressed(cardOf(content, context), openId));
  const context = await contextOf(means, content, wait);
  try {
    return await call(json(context));
  } catch (fault) {
    const plainer = fault instanceof LarkFailure && plainerContext(means, content, fault, context);
    if (!plainer) throw fault;
    return call(json(plainer));
  }
}

async function contextOf(
  { store, pictures }: CardMeans,
  content: Content,
  wait: PictureWait,
): Promise<CardContext> {
  const [context, ...keys] = await Promise.all([
    cardContext(store, content),
    ...qrTextsIn(content).map(async (text) => [text, await pictures.keyOf(text, wait)] as const),
  ]);
  const known = new Map(keys);
  return { ...context, pictureOf: (text) => known.get(text) };
}

const qrTextsIn = (content: Content): string[] =>
  content.kind === 'notice' ? content.sections.flatMap(({ qr }) => qr ?? []) : [];

/** The card service's codes for a person and for a picture in a card. */
const PERSON_UNKNOWN = 100290;
const PICTURE_UNKNOWN = 200570;

function plainerContext(
  { pictures }: CardMeans,
  content: Content,
  { cardCode }: LarkFailure,
  { openIdOf, pictureOf }: CardContext,
): CardContext | undefined {
  // Offering somebody whom the platform does not show the app: people are offered as words then.
  if (cardCode === PERSON_UNKNOWN) return { openIdOf: () => undefined, ...(pictureOf && { pictureOf }) };
  if (cardCode !== PICTURE_UNKNOWN) return undefined;
  for (const text of qrTextsIn(content)) pictures.forget(text);
  return { openIdOf };
}
