import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { type Bureau, openBureau, readAnswer, START } from '../harness.ts';
import { fileReport } from '../intercession-report.ts';
import { flipped } from '../ledger/audit/audited-record.ts';
import { personNamed } from '../sample-record.ts';

const SECRET = '某企业王总';
const REPORTER = '许星阑';
let bureau: Bureau;

afterEach(() => bureau.close());

test('of a list with an entry that does not open, that one is shown by its number and the others as they are', async () => {
  const logged: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  bureau = await openBureau({ world: { log } });
  const [broken, well] = await beside(async (store) => {
    const reporter = await personNamed(store, REPORTER);
    const file = (minutes: number) =>
      fileReport(store, reporter, new Date(Date.parse(START) + minutes * 60_000), {
        intercessorName: SECRET,
      });
    const refs = [await file(1), await file(2)] as const;
    const { id, sealed } = await store.database.rows.entry.findUniqueOrThrow({ where: { ref: refs[0] } });
    await store.database.write(({ entry }) =>
      entry.update({ where: { id }, data: { sealed: flipped(sealed ?? new Uint8Array(), 99) } }),
    );
    return refs;
  });
  const list = await readAnswer(bureau, REPORTER, '我的报告');
  expect(list).toMatch(new RegExp(`${broken}\\n.*\\n内容无法打开，已告知管理员`));
  expect(list).toContain(`${well} 说情打招呼记录`);
  expect(await readAnswer(bureau, REPORTER, `查看 ${broken}`)).toContain(
    `${broken} 内容无法打开，已告知管理员。`,
  );
  expect(await readAnswer(bureau, REPORTER, `查看 ${well}`)).toContain(SECRET);
  expect(await readAnswer(bureau, REPORTER, '统计')).not.toContain('系统出现故障');
  expect(logged.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ record: `Entry ${broken}`, why: 'changed or moved' }),
  );
  expect(logged.join()).not.toContain(SECRET);
});

/** Works on the bureau's record as another program would. */
async function beside<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(bureau.environment, ledgers);
  try {
    return await work(store);
  } finally {
    await store.database.close();
  }
}
