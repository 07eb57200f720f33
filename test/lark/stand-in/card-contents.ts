import { z } from 'zod';
import { common, icon, length, plainText, richText } from './card-parts.ts';

/** A component that has these properties and no other. */
export const component = <T extends string, S extends z.ZodRawShape>(tag: T, shape: S) =>
  z.strictObject({ tag: z.literal(tag), ...common, ...shape });

const align = z.enum(['left', 'center', 'right']);
const textSize = z.string();
const imageSize = z.union([
  z.enum(['stretch', 'large', 'medium', 'small', 'tiny']),
  z.string().regex(/^[1-9]\d{0,2}px [1-9]\d{0,2}px$/),
]);

/** What is only looked at. */
export const contents = [
  component('markdown', {
    content: z.string(),
    text_size: textSize.optional(),
    text_align: align.optional(),
    icon: icon.optional(),
  }),
  component('div', {
    text: richText.optional(),
    icon: icon.optional(),
    width: length(16, 999, 'fill', 'auto').optional(),
    fields: z.array(z.strictObject({ is_short: z.boolean().optional(), text: richText })).optional(),
  }),
  component('hr', {}),
  component('img', {
    img_key: z.string(),
    alt: plainText,
    title: richText.optional(),
    corner_radius: z.string().optional(),
    scale_type: z.enum(['crop_center', 'fit_horizontal', 'crop_top']).optional(),
    size: imageSize.optional(),
    transparent: z.boolean().optional(),
    preview: z.boolean().optional(),
  }),
  component('person', {
    user_id: z.string(),
    size: z.enum(['extra_small', 'small', 'medium', 'large']).optional(),
    show_avatar: z.boolean().optional(),
    show_name: z.boolean().optional(),
    style: z.enum(['normal', 'capsule']).optional(),
  }),
  component('person_list', {
    persons: z.array(z.strictObject({ id: z.string() })).min(1),
    drop_invalid_user_id: z.boolean().optional(),
    lines: z.int().min(1).optional(),
    show_name: z.boolean().optional(),
    show_avatar: z.boolean().optional(),
    size: z.enum(['extra_small', 'small', 'medium', 'large']).optional(),
    icon: icon.optional(),
  }),
  component('chart', {
    chart_spec: z.record(z.string(), z.unknown()),
    aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']).optional(),
    color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']).optional(),
    preview: z.boolean().optional(),
    height: length(1, 999, 'auto').optional(),
  }),
  component('table', {
    columns: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          display_name: z.string().optional(),
          width: z.union([length(80, 600, 'auto'), z.string().regex(/^\d{1,3}%$/)]).optional(),
          horizontal_align: align.optional(),
          vertical_align: z.enum(['top', 'center', 'bottom']).optional(),
          data_type: z.enum(['text', 'lark_md', 'options', 'number', 'persons', 'date', 'markdown']),
          format: z
            .strictObject({
              symbol: z.string().max(1),
              precision: z.int().min(0).max(10),
              separator: z.boolean(),
            })
            .partial()
            .optional(),
          date_format: z.string().optional(),
        }),
      )
      .min(1),
    rows: z.array(z.record(z.string(), z.unknown())),
    page_size: z.int().min(1).max(10).optional(),
    row_height: length(32, 124, 'low', 'middle', 'high', 'auto').optional(),
    row_max_height: length(32, 999).optional(),
    freeze_first_column: z.boolean().optional(),
    header_style: z
      .strictObject({
        text_align: align,
        text_size: z.enum(['normal', 'heading']),
        background_style: z.enum(['none', 'grey']),
        text_color: z.enum(['default', 'grey']),
        bold: z.boolean(),
        lines: z.int().min(1),
      })
      .partial()
      .optional(),
  }),
] as const;
