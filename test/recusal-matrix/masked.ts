/**
 * What differs between any two worlds, and tells nothing: ids that are drawn at random, each by when it is first met, so
 * that the same stays the same; and the head of the chain, which has a salt in each of its records.
 */
export function masked(seen: unknown): string {
  const ids = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = ids.get(id) ?? `id ${ids.size + 1}`;
    ids.set(id, name);
    return name;
  };
  return JSON.stringify(seen, undefined, 1)
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, nameOf)
    .replace(/\b(?:[0-9a-f]{4} ){7}[0-9a-f]{4}\b/gu, 'head');
}
