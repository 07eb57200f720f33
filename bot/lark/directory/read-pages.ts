import * as z from 'zod';
import type { LarkApi } from '../calls/lark-api.ts';

export type DirectoryApi = Pick<LarkApi, 'request'>;

/** More than this is no bureau's directory but a list that has no end. */
const MAX_PAGES = 500;
const PAGE_SIZE = 50;

/** Ids as the house keeps them. */
export const ID_TYPES = { user_id_type: 'open_id', department_id_type: 'open_department_id' } as const;

const pageSchema = z.object({
  has_more: z.boolean().nullish(),
  page_token: z.string().nullish(),
  items: z.array(z.unknown()).nullish(),
});

/**
 * A whole list, page by page: all of it, or none.
 * @throws whatever a page fails with, and Error for a list that does not go on as it should
 */
export async function readPages<Item>(
  api: DirectoryApi,
  list: { api: string; path: string; params: Record<string, string | number | boolean> },
  schema: z.ZodType<Item>,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const params = { ...ID_TYPES, page_size: PAGE_SIZE, ...list.params, ...(token && { page_token: token }) };
    const answer = await api.request<unknown>({ api: list.api, method: 'GET', path: list.path, params });
    const page = readData(list.api, pageSchema, answer);
    items.push(...(page.items ?? []).map((item) => readData(list.api, schema, item)));
    if (!page.has_more) return items;
    const next = page.page_token ?? '';
    if (next === '')
      throw new Error(`${list.api}: a page says there are more, and gives no token for the next`);
    if (seen.has(next)) throw new Error(`${list.api}: a page gives a token that was given before`);
    if (seen.size + 1 >= MAX_PAGES) throw new Error(`${list.api}: more than ${MAX_PAGES} pages`);
    seen.add(next);
    token = next;
  }
}

/** @throws Error that names the fields which are not as expected, and nothing of what is in them */
export function readData<T>(api: string, schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path }) => path.join('.') || 'the whole');
  throw new Error(`${api}: the answer is not as expected in ${[...new Set(fields)].join(', ')}`);
}
