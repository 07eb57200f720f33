import { z } from 'zod';
import { component, contents } from './card-contents.ts';
import {
  behaviors,
  cardLink,
  config,
  edges,
  fillable,
  header,
  icon,
  layout,
  length,
  multiUrl,
  panelTitle,
  plainText,
  pressable,
  richText,
  shortText,
  width,
} from './card-parts.ts';

/** The components of card JSON 2.0, each with the properties that its page of the documents lists. */
const elements: z.ZodType = z.lazy(() => z.array(element));
const column = component('column', {
  ...layout,
  width: length(16, 600, 'auto', 'weighted').optional(),
  weight: z.int().min(1).max(5).optional(),
  background_style: z.string().optional(),
  action: multiUrl.optional(),
  elements: elements.optional(),
});

const containers = [
  component('column_set', {
    columns: z.array(column).min(1),
    flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']).optional(),
    horizontal_spacing: layout.horizontal_spacing,
    horizontal_align: layout.horizontal_align,
    background_style: z.string().optional(),
    action: multiUrl.optional(),
  }),
  component('form', { ...layout, name: z.string().min(1), elements }),
  component('interactive_container', {
    ...layout,
    ...pressable,
    behaviors,
    elements,
    width: length(16, 999, 'fill', 'auto').optional(),
    height: length(10, 999, 'auto').optional(),
    background_style: z.string().optional(),
    has_border: z.boolean().optional(),
    border_color: z.string().optional(),
    corner_radius: z
      .string()
      .regex(/^\d+(?:px|%)$/)
      .optional(),
  }),
  component('collapsible_panel', {
    ...layout,
    expanded: z.boolean().optional(),
    background_color: z.string().optional(),
    border: z.strictObject({ color: z.string(), corner_radius: z.string() }).partial().optional(),
    header: z.strictObject({
      title: panelTitle.optional(),
      background_color: z.string().optional(),
      width: z.enum(['fill', 'auto', 'auto_when_fold']).optional(),
      vertical_align: layout.vertical_align,
      // The page allows two values here; the server was seen to refuse them.
      padding: edges(-99, 99)
        .refine((text) => text.split(' ').length !== 2, 'invalid panel header padding')
        .optional(),
      position: z.string().optional(),
      icon: icon.optional(),
      icon_position: z.enum(['left', 'right', 'follow_text']).optional(),
      icon_expanded_angle: z.union([-180, -90, 90, 180].map((angle) => z.literal(angle))).optional(),
    }),
    elements: elements.optional(),
  }),
] as const;

const button = component('button', {
  ...pressable,
  name: z.string().min(1).optional(),
  form_action_type: z.enum(['submit', 'reset']).optional(),
  text: shortText(100).optional(),
  type: z
    .enum(
      'default primary danger text primary_text danger_text primary_filled danger_filled laser'.split(' '),
    )
    .optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large']).optional(),
  width: width.optional(),
  icon: icon.optional(),
});

const choices = z.array(z.strictObject({ text: plainText, value: z.string().min(1), icon: icon.optional() }));
const people = z.array(z.strictObject({ value: z.string().min(1), icon: icon.optional() }));
const border = z.enum(['default', 'text']).optional();
const field = <T extends string, S extends z.ZodRawShape>(tag: T, shape: S) =>
  component(tag, { ...pressable, ...fillable, ...shape });

const fields = [
  field('input', {
    default_value: z.string().max(1000).optional(),
    max_length: z.int().min(1).max(1000).optional(),
    input_type: z.enum(['text', 'multiline_text', 'password']).optional(),
    show_icon: z.boolean().optional(),
    rows: z.int().min(1).optional(),
    auto_resize: z.boolean().optional(),
    max_rows: z.int().min(1).optional(),
    label: plainText.optional(),
    label_position: z.enum(['top', 'left']).optional(),
    value: z.record(z.string(), z.unknown()).optional(),
  }),
  field('select_static', {
    type: border,
    options: choices,
    initial_option: z.string().optional(),
    initial_index: z.int().min(1).optional(),
  }),
  field('multi_select_static', {
    type: border,
    options: choices,
    selected_values: z.array(z.string()).optional(),
  }),
  field('select_person', { type: border, options: people.optional(), initial_option: z.string().optional() }),
  field('multi_select_person', {
    type: border,
    options: people.optional(),
    selected_values: z.array(z.string()).optional(),
  }),
  field('date_picker', { initial_date: z.iso.date().optional() }),
  field('picker_time', {
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
  }),
  field('picker_datetime', {
    initial_datetime: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
  }),
  component('checker', {
    ...pressable,
    name: z.string().min(1).optional(),
    checked: z.boolean().optional(),
    text: richText.optional(),
    overall_checkable: z.boolean().optional(),
    button_area: z
      .strictObject({
        pc_display_rule: z.enum(['always', 'on_hover']).optional(),
        buttons: z.array(button).max(3),
      })
      .optional(),
    checked_style: z
      .strictObject({ show_strikethrough: z.boolean(), opacity: z.number() })
      .partial()
      .optional(),
    padding: edges(0, 99).optional(),
  }),
] as const;

const element: z.ZodType = z.discriminatedUnion('tag', [...contents, ...containers, button, ...fields]);

export const cardShape = z.strictObject({
  schema: z.literal('2.0'),
  config: config.optional(),
  card_link: cardLink.optional(),
  header: header.optional(),
  body: z.strictObject({ ...layout, elements: elements.optional() }).optional(),
});

export const KNOWN_TAGS: ReadonlySet<string> = new Set(
  [...contents, ...containers, column, button, ...fields].map(({ shape }) => shape.tag.value),
);
