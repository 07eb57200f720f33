/**
 * What differs between any two worlds, and tells nothing: what is drawn at random, each by when it is first met, so that the same
 * stays the same: ids, the names by which a visit calls its pages, the secrets of links and their codes, the numbers of requests;
 * where the house listens; and the head of the chain, which has a salt in each of its records.
 */
export function masked(seen: unknown): string {
  const names = new Map<string, string>();
  const nameOf =
    (kind: string) =>
    (drawn: string): string => {
      const name = names.get(drawn) ?? `${kind} ${names.size + 1}`;
      names.set(drawn, name);
      return name;
    };
  return JSON.stringify(seen, undefined, 1)
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, nameOf('id'))
    .replace(/(?<="x-request-id",\s+")[0-9a-f]{8}(?=")/gu, 'request')
    .replace(/(?<=[?]k=)[\w-]{8}(?![\w-])/gu, nameOf('key'))
    .replace(/http:\/\/127\.0\.0\.1:\d+/gu, 'house')
    .replace(/(?<=\/p\/)[\w-]{43}/gu, nameOf('secret'))
    .replace(/(?<=口令：)\d{6}/gu, 'code')
    .replace(/\b(?:[0-9a-f]{4} ){7}[0-9a-f]{4}\b/gu, 'head');
}
