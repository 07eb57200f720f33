import { expect, it } from 'vitest';
import { type Card, cardJson, cardOf } from '../../bot/lark/card/card.ts';
import type { Section } from '../../ledger/message.ts';
import { block, words } from './card-blocks.ts';
import { notice } from './card-of-content.ts';
import { cardProblem } from './stand-in/check-card.ts';

const RECEIPT = 'QL1.receipt';
const receipt: Section = { heading: '签名回执', lines: [RECEIPT], qr: RECEIPT };
const PICTURE = {
  tag: 'img',
  img_key: 'img_1',
  alt: words('上面文字的二维码'),
  scale_type: 'crop_center',
  size: '240px 240px',
  preview: true,
};

/** The card with the receipt's picture uploaded, which the platform takes. */
function card(sections: Section[]): Card {
  const pictureOf = (text: string) => (text === RECEIPT ? 'img_1' : undefined);
  const made = cardOf(notice(sections), { openIdOf: () => undefined, pictureOf });
  const known = { person: () => false, image: (key: string) => key === 'img_1' };
  expect(cardProblem(JSON.parse(cardJson(made)), known)).toBeUndefined();
  return made;
}
const said = (made: Card) => cardJson(made);
const pictures = (made: Card) => said(made).split('"tag":"img"').length - 1;

it('a QR code stands below the lines that say the same', () => {
  const { elements } = card([receipt]).body;
  expect(elements.slice(1)).toEqual([block(RECEIPT), PICTURE]);
});

it('without its picture the card is what it would be without a QR code', () => {
  const { qr: _, ...plain } = receipt;
  expect(card([{ ...receipt, qr: 'QL1.other' }])).toEqual(card([plain]));
  expect(cardOf(notice([receipt]), { openIdOf: () => undefined })).toEqual(card([plain]));
});

it('a long section that would fold stays open over its QR code', () => {
  const lines = Array.from({ length: 7 }, (_, index) => `第 ${index} 行`);
  const others = [{ lines: ['一'] }, { lines: ['二'] }];
  expect(pictures(card([...others, { ...receipt, lines: [...lines, RECEIPT] }]))).toBe(1);
});

it('a QR code takes no room from words: where both do not fit, the words stay', () => {
  const full = (chars: number) => ({ heading: '内容', lines: ['示'.repeat(chars)] });
  const outcomes = [...Array(90).keys()].map((step) => {
    const made = card([full(4600), full(3700 + 10 * step), receipt]);
    expect(said(made)).toContain(RECEIPT);
    return [pictures(made), said(made).includes('…')] as const;
  });
  expect(outcomes).toContainEqual([1, false]);
  expect(outcomes).toContainEqual([0, false]);
});

it('folded sections have no pictures, and lose no word by that', () => {
  const many = card([...Array.from({ length: 11 }, (_, index) => ({ lines: [`${index}`] })), receipt]);
  expect(pictures(many)).toBe(0);
  expect(said(many)).toContain(RECEIPT);
});
