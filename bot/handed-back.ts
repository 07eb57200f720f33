import type { Asking, Command } from '../handlers/define.ts';
import type { Draft } from '../handlers/draft.ts';
import { showFields } from '../ledger/form.ts';
import type { Content, FormField } from '../ledger/message.ts';
import type { Refusal } from '../ledger/refusal.ts';

/** Where the form is not possible any more, what was typed is handed back, so that it can be used elsewhere. */
export function handedBack(command: Command, asking: Asking, { raw }: Draft, { message }: Refusal): Content {
  const lines = showFields(command.fields, raw, asking.directory.options()).flatMap((field) => {
    const said = saidIn(field);
    return said ? [`${field.label}：${said}`] : [];
  });
  const sections = lines.length > 0 ? [{ heading: '您填写的内容（未登记）', lines }] : [];
  return { kind: 'notice', title: message, tone: 'yellow', sections, actions: [] };
}

const saidIn = ({ value, options }: FormField): string =>
  [value ?? []]
    .flat()
    .map((each) => (each === true ? '是' : (options?.find((option) => option.value === each)?.label ?? each)))
    .join('、');
