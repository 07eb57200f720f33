import { buttonsIn } from './seen-content.ts';
import type { SeenMessage } from './stand-in/stand-in.ts';

/** What the button with that line calls back with. */
export function calledBack({ content }: SeenMessage, action: string): object {
  const found = buttonValues(content).find((value) => 'line' in value && value.line === action);
  return found ?? { line: action };
}

/** Whether the button sends what was filled in; another one of the form leaves it behind. */
export function sendsForm(part: unknown, action: string): boolean {
  if (typeof part !== 'object' || part === null) return false;
  if ('form_action_type' in part && part.form_action_type === 'submit') {
    return buttonsIn(part).some((each) => each.action === action);
  }
  return Object.values(part).some((inner) => sendsForm(inner, action));
}

function buttonValues(part: unknown): object[] {
  if (typeof part !== 'object' || part === null) return [];
  const own =
    'behaviors' in part ? (part.behaviors as { value?: object }[]).flatMap(({ value }) => value ?? []) : [];
  return [...own, ...Object.values(part).flatMap(buttonValues)];
}
