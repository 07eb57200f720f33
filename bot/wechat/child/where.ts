import { LONGEST } from './longest.ts';

/**
 * Where something failed: kind, code and place. Its message is left out, since libraries put names and what was said into
 * theirs.
 */
export function whereOf(fault: unknown): string {
  if (!(fault instanceof Error)) return typeof fault;
  const { name, stack = '' } = fault;
  const code = 'code' in fault && typeof fault.code === 'string' ? ` ${fault.code}` : '';
  const place = /\(?(?:file:\/\/)?\/\S*?([^\s/]+\/[^\s/]+\/[^\s/]+:\d+):\d+\)?$/m.exec(stack)?.[1];
  return `${name}${code}${place ? ` at ${place}` : ''}`.slice(0, LONGEST.reason);
}
