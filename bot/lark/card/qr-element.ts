import { type Element, plainText } from './element.ts';

/** Of a receipt's code each module is four pixels wide then, and a press enlarges it. */
const SIZE = '240px 240px';

/** A QR code that was uploaded; a card's own picture would be as wide as the card. */
export const qrElement = (imageKey: string): Element => ({
  tag: 'img',
  img_key: imageKey,
  alt: plainText('上面文字的二维码'),
  scale_type: 'crop_center',
  size: SIZE,
  preview: true,
});
