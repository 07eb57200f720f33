/**
 * What stands behind a button: the line that a person could have typed.
 * @param kept names of fields that the card shows without their values in a control, see `keptFields`
 */
export const buttonValue = (
  line: string,
  kept: readonly string[] = [],
): { line: string; kept?: readonly string[] } => (kept.length === 0 ? { line } : { line, kept });

/** The line behind the button that was pressed; undefined for what is no button of ours. */
export function pressedLine(value: unknown): string | undefined {
  const line = own(value, 'line');
  return typeof line === 'string' && line !== '' ? line : undefined;
}

/**
 * Fields whose values were too long for the card: the draft has them, and a form that comes back without such a field leaves
 * it as it was. Every other field that is missing was emptied.
 */
export function keptFields(value: unknown): readonly string[] {
  const kept = own(value, 'kept');
  return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
}

const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
