import { z } from 'zod';

/** What the components of a card are made of. A property that is not listed is an error on the platform too. */
const edges = (from: number, to: number) => {
  const fits = (part: string) => {
    const number = /^(?:0|(-?\d+)px)$/.exec(part);
    return number !== null && Number(number[1] ?? 0) >= from && Number(number[1] ?? 0) <= to;
  };
  return z.string().refine((text) => {
    const parts = text.split(' ');
    return [1, 2, 4].includes(parts.length) && parts.every(fits);
  }, `takes one, two or four of [${from},${to}]px`);
};

/** A length in pixels within bounds, or one of the words. */
const length = (from: number, to: number, ...words: string[]) =>
  z.string().refine(
    (text) => {
      const pixels = /^(\d+)px$/.exec(text);
      return (
        words.includes(text) || (pixels !== null && Number(pixels[1]) >= from && Number(pixels[1]) <= to)
      );
    },
    `takes ${[...words, `[${from},${to}]px`].join(', ')}`,
  );

const ANY = Number.POSITIVE_INFINITY;
const i18n = z.record(z.enum(['zh_cn', 'en_us', 'ja_jp', 'zh_hk', 'zh_tw', 'ko_kr', 'th_th']), z.string());
const style = {
  text_size: z.string(),
  text_color: z.string(),
  text_align: z.enum(['left', 'center', 'right']),
  lines: z.int().min(1),
};

export const elementId = z
  .string()
  .regex(/^[A-Za-z]\w{0,19}$/, 'starts with a letter, has 20 characters at most');
export const margin = edges(-99, 99);
const spacing = length(0, 99, 'small', 'medium', 'large', 'extra_large');
export const width = length(100, ANY, 'default', 'fill');
export { edges, length };

const words = (tags: [string, ...string[]], most = ANY) =>
  z.strictObject({
    tag: z.enum(tags),
    content: z.string().max(most),
    i18n_content: i18n.optional(),
    element_id: elementId.optional(),
    ...z.object(style).partial().shape,
  });

export const plainText = words(['plain_text']);
/** A text that must not be longer. */
export const shortText = (most: number) => words(['plain_text'], most);
export const richText = words(['plain_text', 'lark_md']);
export const panelTitle = words(['plain_text', 'markdown', 'lark_md']);

export const icon = z.strictObject({
  tag: z.enum(['standard_icon', 'custom_icon']),
  token: z.string().optional(),
  color: z.string().optional(),
  img_key: z.string().optional(),
  size: z.string().optional(),
});

const urls = { android_url: z.string(), ios_url: z.string(), pc_url: z.string() };
export const multiUrl = z.strictObject({ multi_url: z.strictObject({ url: z.string(), ...urls }).partial() });

export const behaviors = z.array(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('callback'), value: z.record(z.string(), z.unknown()) }),
    z.strictObject({
      type: z.literal('open_url'),
      default_url: z.string(),
      ...z.object(urls).partial().shape,
    }),
  ]),
);
export const confirm = z.strictObject({ title: plainText, text: plainText });

/** Of every component. */
export const common = { element_id: elementId.optional(), margin: margin.optional() };

/** Of everything that holds components. */
export const layout = z
  .object({
    direction: z.enum(['vertical', 'horizontal']),
    padding: edges(0, 99),
    horizontal_spacing: spacing,
    vertical_spacing: spacing,
    horizontal_align: z.enum(['left', 'center', 'right']),
    vertical_align: z.enum(['top', 'center', 'bottom']),
  })
  .partial().shape;

/** Of everything that can be pressed. */
export const pressable = z
  .object({ behaviors, confirm, hover_tips: plainText, disabled: z.boolean(), disabled_tips: plainText })
  .partial().shape;

/** Of everything that can be filled in. */
export const fillable = z
  .object({ name: z.string().min(1), required: z.boolean(), width, placeholder: shortText(100) })
  .partial().shape;

const COLOURS =
  'blue wathet turquoise green yellow orange red carmine violet purple indigo grey default'.split(' ');
const textTag = z.strictObject({
  tag: z.literal('text_tag'),
  element_id: elementId.optional(),
  text: plainText,
  color: z.string().optional(),
});
export const header = z.strictObject({
  title: richText,
  subtitle: richText.optional(),
  template: z.enum(COLOURS).optional(),
  text_tag_list: z.array(textTag).max(3).optional(),
  i18n_text_tag_list: z.record(z.string(), z.array(textTag).max(3)).optional(),
  icon: icon.optional(),
  padding: edges(0, 99).optional(),
});

export const config = z
  .strictObject({
    streaming_mode: z.boolean(),
    streaming_config: z.record(z.string(), z.unknown()),
    summary: z.strictObject({ content: z.string(), i18n_content: i18n.optional() }),
    locales: z.array(z.string()),
    enable_forward: z.boolean(),
    update_multi: z.literal(true),
    width_mode: z.enum(['default', 'compact', 'fill']),
    use_custom_translation: z.boolean(),
    enable_forward_interaction: z.boolean(),
    style: z
      .strictObject({
        text_size: z.record(
          z.string(),
          z.strictObject({ default: z.string().optional(), pc: z.string(), mobile: z.string() }),
        ),
        color: z.record(z.string(), z.strictObject({ light_mode: z.string(), dark_mode: z.string() })),
      })
      .partial(),
  })
  .partial();

export const cardLink = z.strictObject({ url: z.string(), ...urls }).partial();
