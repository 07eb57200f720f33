/** How many were asked in a department, and how many of them answered. */
export interface Coverage {
  department: string;
  asked: number;
  answered: number;
}

/** A line of the table; without `answered` the figure would tell of somebody. */
export interface ShownCoverage {
  department: string;
  asked: number;
  answered?: number;
}

export const OTHERS = '其他科室';
export const WHOLE = '全局';

/**
 * The coverage as it may be shown: no department with fewer people, or in which fewer (and any) answered or did not, than
 * the smallest cell stands by itself. Such are put together, at least two of them, with as many others as it takes until
 * their sum is not small either: what is shown cannot be taken from the whole to leave somebody. Departments stay in the
 * order in which they came; nobody is ranked.
 */
export function shownCoverage(departments: readonly Coverage[], smallest: number): ShownCoverage[] {
  const isSmall = ({ asked, answered }: Coverage) =>
    asked < smallest || isFew(answered, smallest) || isFew(asked - answered, smallest);
  const hidden = new Set(departments.filter(isSmall));
  const bySize = [...departments].sort((one, other) => one.asked - other.asked);
  while (hidden.size > 0 && (hidden.size < 2 || isSmall(sum(OTHERS, [...hidden])))) {
    const next = bySize.find((department) => !hidden.has(department));
    if (!next) break;
    hidden.add(next);
  }
  const shown = departments.filter((department) => !hidden.has(department));
  if (hidden.size === 0) return [...shown, sum(WHOLE, shown)];
  if (shown.length > 0) return [...shown, sum(OTHERS, [...hidden]), sum(WHOLE, departments)];
  const whole = sum(WHOLE, departments);
  return [isSmall(whole) ? { department: WHOLE, asked: whole.asked } : whole];
}

const isFew = (count: number, smallest: number): boolean => count > 0 && count < smallest;

const sum = (department: string, parts: readonly Coverage[]): Coverage => ({
  department,
  asked: parts.reduce((total, { asked }) => total + asked, 0),
  answered: parts.reduce((total, { answered }) => total + answered, 0),
});
