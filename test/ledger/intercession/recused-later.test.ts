import { describe, expect, test } from 'vitest';
import { receiveFile } from '../../../ledger/attachment.ts';
import { verify } from '../../../ledger/audit/verify.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { addEvidence } from '../../../ledger/evidence.ts';
import type { RawValues } from '../../../ledger/form.ts';
import { intercession } from '../../../ledger/intercession/intercession.ts';
import { operate } from '../../../ledger/operation.ts';
import { oneReport } from './one-report.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const REPORTER = '许星阑';
const NAMING = { says: '示例：唐文澜打过招呼' };

const report = oneReport(AT);
const { person, step, told } = report;

const sees = async (name: string) => {
  const { store } = report;
  const entries = entriesFor(store, store.database.rows, await person(name));
  return (await entries.find({ ref: report.ref })) !== undefined;
};

/** The steps before, by 姜明澈 and the reporter, each with its word and what is said in it. */
type Said = [word: string, values?: RawValues, by?: string];
const ACCEPT: Said = ['受理'];
const CONCLUDE: Said = ['甄别', { conclusion: 'inquiry', reason: '示例' }];
const SET_ASIDE: Said = ['备查'];
const ARCHIVE: Said = ['归档'];

const WAYS: [word: string, before: Said[], last: Said][] = [
  ['撤回', [], ['撤回', { reason: NAMING.says }, REPORTER]],
  ['追问', [], ['追问', { question: NAMING.says }]],
  ['回复', [['追问', { question: '示例' }]], ['回复', { answer: NAMING.says }, REPORTER]],
  ['备查', [], ['备查', { reason: NAMING.says }]],
  ['甄别', [ACCEPT], ['甄别', { conclusion: 'inquiry', reason: NAMING.says }]],
  ['处置', [ACCEPT, CONCLUDE], ['处置', { disposal: 'reminder', detail: NAMING.says }]],
  ['移送', [ACCEPT, CONCLUDE], ['处置', { disposal: 'transfer', detail: NAMING.says }]],
  ['反馈', [ACCEPT, CONCLUDE], ['反馈', { feedback: NAMING.says }]],
  ['异议', [SET_ASIDE], ['异议', { objection: NAMING.says }, REPORTER]],
  [
    '复核',
    [SET_ASIDE, ['异议', { objection: '示例' }, REPORTER]],
    ['复核', { result: 'upheld', opinion: '示例：姜明澈打过招呼' }, '唐文澜'],
  ],
  ['申请解封', [SET_ASIDE, ARCHIVE], ['申请解封', { reason: NAMING.says }]],
  [
    '驳回解封',
    [SET_ASIDE, ARCHIVE, ['申请解封', { reason: '示例' }]],
    ['驳回解封', { why: '示例：姜明澈打过招呼' }, '唐文澜'],
  ],
];

const say = ([word, values = {}, by = '姜明澈']: Said) => step(by, word, values);

test.each(
  WAYS,
)('who is named in %s does not see the record from then on, and hears nothing of it', async (_way, before, last) => {
  for (const each of before) await say(each);
  await told();
  const named = JSON.stringify(last[1]).includes('姜明澈') ? '姜明澈' : '唐文澜';
  expect(await sees(named)).toBe(true);
  await say(last);
  expect(await sees(named)).toBe(false);
  expect((await told()).map(([to]) => to)).not.toContain(named);
  expect(await sees(REPORTER)).toBe(true);
  expect((await verify(report.store.database.rows)).problems).toEqual([]);
});

test('an officer who names himself is out of it, and the other has it', async () => {
  await step('唐文澜', '追问', { question: '示例：唐文澜是否在场？' });
  expect(await sees('唐文澜')).toBe(false);
  expect(await sees('姜明澈')).toBe(true);
  expect((await told()).map(([to]) => to)).toEqual([REPORTER]);
});

test('the reporter who is named by an officer still sees his record', async () => {
  await step('唐文澜', '追问', { question: `示例：${REPORTER}何时接到电话？` });
  expect(await sees(REPORTER)).toBe(true);
});

test('where an officer’s words leave no officer, the 派驻纪检组 has it and is told', async () => {
  await step('唐文澜', '追问', { question: '示例：唐文澜、姜明澈是否在场？' });
  expect(await told()).toContainEqual(['郑怀瑾', '有说情打招呼记录转来', expect.any(String)]);
  expect(await sees('郑怀瑾')).toBe(true);
});

test('it is not handed to the 派驻纪检组 by words that name the only one of it', async () => {
  await step('姜明澈', '受理');
  await step('姜明澈', '甄别', { conclusion: 'inquiry', reason: '示例' });
  await expect(
    step('姜明澈', '处置', { disposal: 'transfer', detail: '示例：郑怀瑾也打过招呼' }),
  ).rejects.toThrow('派驻纪检组现在没有可以接办的人员');
});

const addFile = async (name: string, by = REPORTER) => {
  const { store } = report;
  const actor = await person(by);
  const bytes = Buffer.from(`示例文字：${name}\n`);
  const { id } = await receiveFile(store, { personId: actor.id, at: AT }, { name, bytes });
  await operate(store, { actor, at: AT }, async (operation) =>
    addEvidence(operation, actor, await operation.entries.get(report.ref), { id, occasion: 'once' }),
  );
};

describe('a file', () => {
  test('whose name names an officer hides the record from him', async () => {
    await addFile('唐文澜来电记录.txt');
    expect(await sees('唐文澜')).toBe(false);
    expect(await sees('姜明澈')).toBe(true);
    expect((await told()).map(([to]) => to)).toEqual(['姜明澈']);
  });

  test('whose name names all officers brings the record to the 派驻纪检组', async () => {
    await addFile('唐文澜、姜明澈来电记录.txt');
    const [first, second, ...others] = await told();
    expect([first?.[0], second]).toEqual([
      '郑怀瑾',
      [REPORTER, '您的记录已转由其他受理人员办理', `${report.ref} 的原受理人员需回避，现由派驻纪检组办理。`],
    ]);
    expect(others).toEqual([]);
    expect(await sees('郑怀瑾')).toBe(true);
  });

  test('whose name leaves nobody is answered with where to turn, once', async () => {
    await addFile('唐文澜、姜明澈、郑怀瑾来电记录.txt');
    expect(await told()).toEqual([
      [
        REPORTER,
        '您的记录需要另行反映',
        `${report.ref} 的受理人员现都需回避，记录已存证；请您另向上级纪检监察机构反映。`,
      ],
    ]);
    await addFile('又一份，唐文澜、姜明澈、郑怀瑾来电记录.txt');
    expect(await told()).toEqual([]);
  });
});

describe('when it is closed', () => {
  const identify = async () => step('姜明澈', '认定', { person: (await person('唐文澜')).id });

  test.each<[string, Said[]]>([
    ['archived', [SET_ASIDE, ARCHIVE]],
    ['unsealing', [SET_ASIDE, ARCHIVE, ['申请解封', { reason: '示例' }]]],
    ['withdrawn', [['撤回', {}, REPORTER]]],
  ])('(%s) 认定 still hides it from who is found, and it stays closed', async (state, before) => {
    for (const each of before) await say(each);
    await told();
    await identify();
    expect(await sees('唐文澜')).toBe(false);
    const { closedAt, ...entry } = await report.entry();
    expect(entry.state).toBe(state);
    expect(closedAt).not.toBeNull();
    expect(await told()).toEqual([]);
  });

  test('异议 ends a request for 解封 that waits, and who made it is told', async () => {
    for (const each of [SET_ASIDE, ARCHIVE]) await say(each);
    await say(['申请解封', { reason: '示例' }]);
    await told();
    await say(['异议', { objection: '示例' }, REPORTER]);
    expect((await report.entry()).state).toBe('objected');
    expect(await told()).toContainEqual(['姜明澈', '解封申请未获批准', expect.any(String)]);
    await step('唐文澜', '复核', { result: 'upheld', opinion: '示例' });
    await step('唐文澜', '归档');
    await step('唐文澜', '申请解封', { reason: '示例' });
    await step('姜明澈', '批准解封');
    expect(await report.seen('唐文澜')).toContain('来电请求');
  });

  test('no step brings it to somebody anew in the states that the ledger calls closed', () => {
    const closed = Object.keys(intercession.states).filter((state) => intercession.states[state]?.closed);
    expect(closed.sort()).toEqual(['archived', 'unsealing', 'withdrawn']);
  });
});
