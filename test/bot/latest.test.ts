import { describe, expect, it } from 'vitest';
import { Latest } from '../../bot/limits/latest.ts';

describe('the latest of what was set', () => {
  const filled = (most: number, count: number) => {
    const latest = new Latest<number, string>(most);
    for (let key = 1; key <= count; key++) latest.set(key, `value ${key}`);
    const kept = Array.from({ length: count }, (_, index) => index + 1).filter(
      (key) => latest.get(key) !== undefined,
    );
    return { latest, kept };
  };

  it.each([
    1, 9, 10, 11, 15, 16, 1000,
  ])('is kept of %i, half as many as may be or more, and never more', (count) => {
    const { kept } = filled(10, count);
    expect(kept.at(-1)).toBe(count);
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(count, 5));
    expect(kept).toEqual(kept.map((_, index) => count - kept.length + 1 + index));
  });

  it('is what was set last under its key', () => {
    const { latest } = filled(10, 6);
    latest.set(2, 'other');
    expect(latest.get(2)).toBe('other');
  });
});
