import fc from 'fast-check';
import type { Outcome } from '../../bot/settle.ts';
import type { Content, FormContent, FormField } from '../../ledger/message.ts';
import { answerTo, wrongAnswerTo } from './any-answers.ts';
import type { Talk } from './talk.ts';

type Chance = fc.GeneratorValue;

/** What somebody filled in, and what came of it. */
export interface Filled {
  /** By field; `undefined`: what stood there was taken out. What is not in it was left as it stood. */
  values: Map<string, unknown>;
  /** Why nothing was recorded. */
  refusal?: string;
}

/** More steps take nobody; who has gone so far strays no more. */
const PATIENCE = 60;
const MOST_STEPS = 200;

/**
 * Somebody opens a form and answers what he is asked, as he reads it: chance says what he answers, when he leaves out what he
 * may, and when he goes astray. It ends with 提交.
 * @param form the same form as a card, for what its fields are
 */
export async function fillIn(
  talk: Talk,
  name: string,
  line: string,
  form: FormContent,
  chance: Chance,
): Promise<Filled> {
  const values = new Map<string, unknown>();
  let read = await talk.say(name, line);
  for (let step = 0; step < MOST_STEPS; step++) {
    if (read.includes('还没有登记。')) return { values, refusal: read };
    const field = askedIn(read, form);
    const strays = step < PATIENCE && chance(fc.nat, { max: 5 }) === 0;
    const said = field
      ? answer(talk, field, read, strays, values, chance)
      : elsewhere(read, form, strays, chance);
    const sent = await send(talk, name, said.typed, chance);
    if (said.isTaken && sent.startsWith('没有记下')) throw new Error(`${said.typed}\n${sent}`);
    if (said.typed === '提交' && read.includes(TO_SEND)) return ended(values, sent);
    read = sent;
  }
  throw new Error(`It never ends:\n${read}`);
}

const TO_SEND = '登记请回复「提交」';

const ended = (values: Filled['values'], said: string): Filled =>
  said.includes('还没有登记。') ? { values, refusal: said } : { values };

let said = 0;

/** Now and then a message comes twice: the second time it is not answered, and changes nothing. */
async function send(talk: Talk, name: string, typed: string, chance: Chance): Promise<string> {
  said += 1;
  const key = `said:${said}`;
  const answered = await talk.say(name, typed, { key });
  if (chance(fc.nat, { max: 9 }) > 0) return answered;
  const again = await talk.send(name, typed, { key });
  if (again.reply) throw new Error(`Answered twice: ${typed}`);
  return answered;
}

interface Said {
  typed: string;
  /** The field has to take it. */
  isTaken?: true;
}

/** 「（2/5）延期至（必填）」 asks the field that is called so. */
function askedIn(read: string, { fields }: FormContent): FormField | undefined {
  const labels = [...read.matchAll(/^(?:（\d+\/\d+）)?(.+)（(?:必填|选填)）$/gmu)].map(([, label]) => label);
  const label = labels.at(-1);
  if (label === undefined) return undefined;
  const only = { name: label, label, type: 'select' as const, required: true };
  return (
    fields.find((field) => field.label === label) ?? { ...only, options: [{ value: 'sure', label: '1' }] }
  );
}

function answer(
  talk: Talk,
  field: FormField,
  read: string,
  strays: boolean,
  values: Filled['values'],
  chance: Chance,
): Said {
  if (strays) return { typed: chance(fc.constantFrom<string[]>, ...detours(field)) };
  const isFilled = read.includes('\n现值：');
  const how = chance(fc.nat, { max: 3 });
  if (isFilled && how === 0) return { typed: chance(fc.constantFrom<string[]>, '确认', '跳过', '「确认」') };
  if (!field.required && how === 1) {
    if (isFilled) values.set(field.name, field.type === 'checkbox' ? false : undefined);
    return { typed: isFilled ? '不填' : '跳过' };
  }
  const { typed, value } = chance(() => answerTo(field, talk.at, talk.store.calendar));
  values.set(field.name, value);
  return { typed, isTaken: true };
}

const detours = (field: FormField): string[] => [
  ...['返回', '预览', '帮助', '我的整改', '继续填写', '提交'],
  ...[wrongAnswerTo(field) ?? '预览'],
];

/** The form as a whole, and its files. */
function elsewhere(read: string, form: FormContent, strays: boolean, chance: Chance): Said {
  if (!read.includes(TO_SEND)) return { typed: read.includes('佐证文件（选填）') ? '跳过' : '继续填写' };
  const [first] = form.fields;
  if (!strays) return { typed: '提交' };
  const amend = first ? `改 ${1 + chance(fc.nat, { max: form.fields.length - 1 })}` : '预览';
  return { typed: chance(fc.constantFrom<string[]>, '返回', '预览', '好的', '帮助', amend) };
}

/** The same on a card: what stands in it is sent with what was filled in. @returns why nothing was recorded, if so */
export async function sendCard(
  talk: Talk,
  name: string,
  line: string,
  values: Filled['values'],
): Promise<string | undefined> {
  const { reply } = await talk.send(name, line);
  const form = formIn(reply);
  const filled = { ...valuesIn(form), ...Object.fromEntries(values) };
  const sent = await press(talk, name, form, filled);
  const anew = sent.answer.card?.kind === 'form' ? sent.answer.card : undefined;
  const asked = anew?.fields.filter(({ name: field }) => !form.fields.some((each) => each.name === field));
  if (!sent.answer.refused || !anew || !asked?.length) return refusalIn(sent);
  // What follows of it was foretold, and asked for; now it is known what is meant.
  const sure = Object.fromEntries(asked.map(({ name: field, options }) => [field, options?.[0]?.value]));
  return refusalIn(await press(talk, name, anew, { ...filled, ...sure }));
}

const refusalIn = ({ answer: { refused, toast } }: Outcome): string | undefined =>
  refused ? toast : undefined;

export const formIn = (content: Content | undefined): FormContent => {
  if (content?.kind !== 'form') throw new Error(`A form was expected: ${JSON.stringify(content)}`);
  return content;
};

const valuesIn = ({ fields }: FormContent): Record<string, unknown> =>
  Object.fromEntries(fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

const press = (talk: Talk, name: string, form: FormContent, values: Record<string, unknown>) =>
  talk.send(name, form.actions[0]?.action ?? '', { kind: 'action', form: values });
