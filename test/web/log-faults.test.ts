import { pino } from 'pino';
import { expect, it } from 'vitest';
import { logSettings } from '../../config/log-settings.ts';
import { freshRecord } from '../fresh-record.ts';

const AT = new Date('2026-11-23T01:00:00Z');
const PLANT = '秘密的名字';

it('a fault of the database that is logged has none of the values that did not fit', async () => {
  const { store } = await freshRecord(AT);
  const { rows } = store.database;
  const person = await rows.person.findFirstOrThrow();
  const log: string[] = [];
  const logger = pino(logSettings('trace'), { write: (line: string) => log.push(line) });
  const misfits: Readonly<Record<string, () => Promise<unknown>>> = {
    'twice the same': () => rows.person.create({ data: { ...person, roles: [], name: PLANT } }),
    'a column that there is not': () =>
      rows.person.create({ data: Object.assign({ ...person, roles: [], name: PLANT }, { nickname: PLANT }) }),
    'a value of another type': () =>
      rows.person.update({
        where: { id: person.id },
        data: Object.assign({ name: PLANT, isHead: true }, JSON.parse(`{"isHead":"${PLANT}"}`)),
      }),
    'no such row': () => rows.person.update({ where: { id: PLANT }, data: { name: PLANT } }),
    'no such date': () =>
      rows.inbox.create({
        data: { key: PLANT, receivedAt: new Date(Number.NaN), attempts: 0, sealed: new Uint8Array() },
      }),
  };
  for (const [what, work] of Object.entries(misfits)) {
    const before = log.length;
    await work().catch((fault: unknown) => logger.error({ err: fault }, what));
    expect(log.length, what).toBe(before + 1);
  }
  // What is wrong is said, and where.
  expect(log.join('')).toContain('Argument `isHead`: Invalid value provided. Expected Boolean');
  expect(log.filter((line) => JSON.parse(line).err.stack.length === 0)).toEqual([]);
  expect(log.filter((line) => line.includes(PLANT) || line.includes(person.staffNumber))).toEqual([]);
});

it.each([
  ['a text that is no JSON', () => JSON.parse(`{"text": ${PLANT}`)],
  [
    'a request that was refused',
    () => {
      throw Object.assign(new Error('refused'), { code: 'EPROTO', config: { headers: PLANT, data: PLANT } });
    },
  ],
  [
    'a fault in a fault',
    () => {
      throw new Error('outside', { cause: Object.assign(new Error('inside'), { detail: PLANT }) });
    },
  ],
  [
    'what is no error',
    () => {
      throw { said: PLANT };
    },
  ],
])('%s is logged without what stood in it', (_, work) => {
  let line = '';
  const logger = pino(logSettings('trace'), {
    write: (written: string) => {
      line = written;
    },
  });
  try {
    work();
  } catch (fault) {
    logger.error({ err: fault }, 'a fault');
  }
  expect(line).toContain('"msg":"a fault"');
  expect(line).not.toContain(PLANT.slice(0, 2));
});
