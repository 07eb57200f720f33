import { z } from 'zod';
import type { CardProblem } from './card-problem.ts';
import { isObject, type JsonObject } from './json.ts';

const invalidChart = (value: string): CardProblem => ({
  code: 200550,
  message: 'chart spec is invalid',
  value,
});

const series = z.union([z.string(), z.array(z.string())]);
const dataset = z.looseObject({ values: z.array(z.looseObject({})) });
const spec = z.looseObject({ type: z.string().min(1), data: z.union([dataset, z.array(dataset).min(1)]) });
const axisSpec = spec.extend({ xField: series, yField: series });
const WITH_AXES = ['bar', 'line', 'area', 'scatter'];

/** A chart is drawn from plain data: its kind, the data, and along axes which fields of the data stand there. */
export function chartProblem({ chart_spec: drawn }: JsonObject): CardProblem | undefined {
  const kind = isObject(drawn) ? String(drawn.type) : '';
  const { data, error } = (WITH_AXES.includes(kind) ? axisSpec : spec).safeParse(drawn);
  if (error) return invalidChart(z.prettifyError(error).replaceAll('\n', ' '));
  if (!('yField' in data)) return undefined;
  const rows = [data.data].flat().flatMap(({ values }) => values);
  const missing = [data.xField, data.yField]
    .flat()
    .find((field) => rows.some((row) => !((field as string) in row)));
  return missing === undefined ? undefined : invalidChart(`data has no field ${missing}`);
}

const text = z.string();
const CELLS: Readonly<Record<string, z.ZodType>> = {
  text,
  lark_md: text,
  markdown: text,
  number: z.number(),
  date: z.number(),
  persons: z.union([text, z.array(text)]),
  options: z.array(z.strictObject({ text, color: text.optional() })),
};

/** Every key of a row is a column, and every cell is of its column's type. */
export function tableProblem({ columns, rows }: JsonObject): CardProblem | undefined {
  const types = new Map(
    (columns as { name: string; data_type: string }[]).map((each) => [each.name, each.data_type]),
  );
  if (types.size < (columns as unknown[]).length) {
    return { code: 200914, message: 'table rows is invalid', value: 'two columns have the same name' };
  }
  for (const [index, row] of (rows as JsonObject[]).entries()) {
    for (const [name, value] of Object.entries(row)) {
      const type = types.get(name);
      if (type === undefined) return { code: 200915, message: 'table rows name is invalid', value: name };
      if (!CELLS[type]?.safeParse(value).success) {
        return {
          code: 200914,
          message: 'table rows is invalid',
          value: `row ${index}, ${name} is no ${type}`,
        };
      }
    }
  }
  return undefined;
}
