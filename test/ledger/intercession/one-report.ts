import type { Person } from '../../../ledger/directory.ts';
import type { RawValues } from '../../../ledger/form.ts';
import type { Content, FormContent } from '../../../ledger/message.ts';
import { freshCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';
import { houseOf } from './house-of-sample.ts';

/** All that a person reads on a card: its title and its lines. */
export const linesOf = (content: Content | undefined): string[] =>
  content?.kind === 'notice' ? [content.title, ...content.sections.flatMap(({ lines }) => lines)] : [];

const valuesOf = ({ fields }: FormContent): RawValues =>
  Object.fromEntries(fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

/** Each test begins with a report that 许星阑 has just filed, and that everybody has been told of. */
export function oneReport(at: Date) {
  let record: SampleRecord;
  let ref: string;

  const person = (name: string): Promise<Person> => personNamed(record.store, name);
  const told = async () =>
    (await takeMessages(record.store)).map(({ to, content }) => [to, ...linesOf(content)]);
  const ask = async (name: string, words: string, when = at, form?: RawValues) =>
    houseOf(record.store)(await person(name), words, when, form);
  freshCopies(at, async (copy) => {
    record = copy;
    ref = await fileReport(copy.store, await person('许星阑'), at);
    await told();
  });
  return {
    get ref() {
      return ref;
    },
    get store() {
      return record.store;
    },
    person,
    /** @returns what was said to whom since it was last looked at: name, title, lines */
    told,
    ask,
    /** Sends the form that the words open, with these values beside what stands in it. */
    send: async (name: string, form: Content | undefined, values: RawValues, when = at) =>
      form?.kind === 'form'
        ? ask(name, form.actions[0]?.action ?? '', when, { ...valuesOf(form), ...values })
        : undefined,
    step: async (name: string, word: string, values: RawValues = {}, when = at, about = ref) =>
      takeStep(record.store, { person: await person(name), word, ref: about, at: when, values }),
    /** @returns the ref of another one, by somebody else */
    fileBy: async (name: string, values: RawValues = {}, when = at) =>
      fileReport(record.store, await person(name), when, values),
    entry: () => record.store.database.rows.entry.findUniqueOrThrow({ where: { ref } }),
    seen: async (name: string) => linesOf(await ask(name, `查看 ${ref}`)).join('\n'),
  };
}
