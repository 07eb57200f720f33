import { describe, expect, it } from 'vitest';
import { enqueue } from '../../ledger/outbox.ts';
import { assigned } from '../../ledger/rectification/wording.ts';
import { button, readable } from '../harness.ts';
import {
  type CardsInChats,
  cardsInChats,
  LEADER,
  OFFICER,
  OTHER_OFFICER,
  REPORTER,
  RESPONSIBLE,
  SUPERVISOR,
} from './cards-in-chats.ts';
import { STAND_IN } from './stand-in-platform.ts';

let chats: CardsInChats;

cardsInChats((opened) => {
  chats = opened;
});

describe('a view that somebody holds', () => {
  it('is shown anew in its place when somebody else moves the entry', async () => {
    const { ref } = await chats.filed();
    const view = await chats.says(OFFICER, `查看 ${ref}`);
    expect(chats.labels(view)).toContain('受理');
    const sent = chats.platform.calls.length;
    await chats.moves(OTHER_OFFICER, '受理', ref);
    expect(chats.words(view)).toContain(`${ref} · 已受理`);
    expect(chats.words(view)).toContain(`${OTHER_OFFICER} 受理`);
    expect(chats.labels(view)).toEqual(expect.arrayContaining(['开始甄别', '甄别']));
    expect(chats.labels(view)).not.toContain('受理');
    expect(chats.updatesOf(view)).toMatchObject([
      { address: { platform: STAND_IN, externalId: chats.idOf(OFFICER), isGroup: false } },
    ]);
    const told = chats.platform.calls.slice(sent).map(({ address }) => address.externalId);
    expect(told).toEqual([chats.idOf(REPORTER)]);
  });

  it('is shown to each with his own eyes', async () => {
    const { ref } = await chats.assignedItem();
    const his = await chats.says(RESPONSIBLE, `查看 ${ref}`);
    const hers = await chats.says(SUPERVISOR, `查看 ${ref}`);
    await chats.moves(RESPONSIBLE, '签收', ref);
    expect(chats.labels(his)).toContain('补充佐证');
    expect(chats.labels(hers)).toEqual(['指派', '电话', '核查', '修改']);
    for (const view of [his, hers]) expect(chats.words(view)).toContain(`${ref} · 已签收`);
  });

  it('that is a list is kept true in its latest copy only', async () => {
    const { ref } = await chats.assignedItem();
    const first = await chats.says(RESPONSIBLE, '我的整改');
    const second = await chats.says(RESPONSIBLE, '我的整改');
    const filtered = await chats.says(RESPONSIBLE, '台账 已交办');
    expect(second.id).not.toBe(first.id);
    await chats.moves(RESPONSIBLE, '签收', ref);
    expect(chats.updatesOf(first)).toEqual([]);
    expect(chats.words(second)).toMatch(new RegExp(`${ref} .*\n已签收`));
    expect(chats.words(filtered)).not.toContain(ref);
  });

  it('of one entry is kept true in every copy', async () => {
    const { ref } = await chats.assignedItem();
    const copies = [
      await chats.says(RESPONSIBLE, `查看 ${ref}`),
      await chats.says(RESPONSIBLE, `查看 ${ref}`),
    ];
    await chats.moves(RESPONSIBLE, '签收', ref);
    for (const copy of copies) expect(chats.words(copy)).toContain('已签收');
  });

  it('without buttons is kept true too', async () => {
    const { ref } = await chats.assignedItem();
    const view = await chats.says(LEADER, `查看 ${ref}`);
    expect(chats.labels(view)).toEqual([]);
    await chats.moves(RESPONSIBLE, '签收', ref);
    expect(chats.words(view)).toContain('已签收');
  });
});

describe('a notice that somebody holds', () => {
  it('keeps its words, loses the buttons that would do nothing, and gains the latest state', async () => {
    const { ref, notice } = await chats.assignedItem();
    const before = chats.words(notice);
    expect(chats.labels(notice)).toEqual(['签收', '查看']);
    await chats.moves(RESPONSIBLE, '签收', ref);
    expect(chats.words(notice)).toBe(`${before}\n最新状态：${ref}「已签收」`);
    expect(chats.labels(notice)).toEqual(['查看']);
    await chats.moves(RESPONSIBLE, '进展', ref, { text: '已收集材料' });
    expect(chats.words(notice)).toBe(`${before}\n最新状态：${ref}「整改中」`);
  });

  it('says the state once where it names the present one already, though the entry has moved', async () => {
    const { ref } = await chats.filed();
    await chats.moves(OFFICER, '受理', ref);
    const notice = chats.latest(REPORTER);
    const said = `您的记录有新进展\n${ref} 现为「已受理」。`;
    expect(chats.words(notice)).toBe(said);
    await chats.moves(OFFICER, '追问', ref, { question: '示例追问' });
    expect(chats.words(notice)).toBe(said);
    await chats.moves(OFFICER, '开始甄别', ref);
    expect(chats.words(notice)).toBe(`${said}\n最新状态：${ref}「甄别中」`);
  });

  it('says the latest state to who filed it as he may know it', async () => {
    const { ref } = await chats.filed();
    await chats.moves(OFFICER, '受理', ref);
    const notice = chats.latest(REPORTER);
    await chats.moves(OFFICER, '甄别', ref, { conclusion: 'suspected', reason: '示例理由' });
    expect(chats.words(notice)).toContain(`\n最新状态：${ref}「甄别完成，正在办理」`);
  });

  it('has buttons that work on what is so now', async () => {
    const { ref, notice } = await chats.appliedItem();
    await chats.givesNewDate(ref, '2027-01-20');
    expect(chats.labels(notice)).toEqual(['审核通过', '退回', '查看']);
    const answer = await chats.presses(LEADER, notice, button(chats.contentOf(notice), '审核通过'));
    expect(answer).toMatchObject({ toast: `审核已通过 ${ref}` });
  });

  it.each([
    ['申请延期', { to: '2027-01-31', reason: '示例理由' }, '准予延期', '已交办'],
    ['申请暂难', { until: '2027-01-31', reason: '示例理由' }, '同意暂难', '已交办'],
    ['申请销号', { summary: '已完成' }, '审核通过', '已交办'],
  ] as const)('that asks to decide on %s says so once it is withdrawn, until it is asked for anew', async (...told) => {
    const [word, values, decision, state] = told;
    const { ref } = await chats.assignedItem();
    await chats.givesEvidence(ref);
    await chats.moves(RESPONSIBLE, word, ref, values);
    const notice = chats.latest(LEADER);
    const asked = chats.words(notice);
    expect(chats.labels(notice)).toContain(decision);
    await chats.moves(RESPONSIBLE, '撤回申请', ref);
    expect(chats.words(notice)).toBe(`${asked}\n最新状态：${ref}「${state}」，申请已撤回`);
    expect(chats.labels(notice)).toEqual(['查看']);
    await chats.moves(RESPONSIBLE, '进展', ref, { text: '示例进展' });
    expect(chats.words(notice)).toBe(`${asked}\n最新状态：${ref}「整改中」，申请已撤回`);
    await chats.moves(RESPONSIBLE, word, ref, values);
    expect(chats.words(notice)).not.toContain('已撤回');
    expect(chats.labels(notice)).toContain(decision);
  });

  it('opens nothing that its holder did not open', async () => {
    const { ref, notice } = await chats.filed();
    await chats.moves(OTHER_OFFICER, '受理', ref);
    expect(chats.words(notice)).toBe(
      `有新的说情打招呼记录\n${ref} 已提交，请受理。\n最新状态：${ref}「已受理」`,
    );
  });

  it('about several entries keeps the buttons of those that are still open', async () => {
    const measures = [chats.takeUnused(), chats.takeUnused(), chats.takeUnused()];
    const [first, second, third] = measures.map((measure) => `Z1-${measure}`);
    const whole = `指派 ${measures.join(',')} 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`;
    await chats.says(SUPERVISOR, whole);
    const notice = chats.latest(RESPONSIBLE);
    expect(chats.labels(notice)).toEqual(['签收', '查看', '签收', '查看', '签收', '查看', '全部签收']);
    await chats.moves(RESPONSIBLE, '签收', first ?? '');
    expect(chats.labels(notice)).toEqual(['查看', '签收', '查看', '签收', '查看', '全部签收']);
    expect(chats.words(notice).match(/最新状态.*/g)).toEqual([`最新状态：${first}「已签收」`]);
    const answer = await chats.presses(RESPONSIBLE, notice, button(chats.contentOf(notice), '全部签收'));
    expect(answer.toast).toBe(`已签收 ${second}、${third}`);
    expect(answer.card && readable(answer.card).match(/^已签收$/gm)).toHaveLength(3);
  });

  it('that would read the same is not called for', async () => {
    const { ref, toLeader } = await chats.assignedItem();
    await chats.moves(RESPONSIBLE, '签收', ref);
    expect(chats.updatesOf(toLeader)).toHaveLength(1);
    await chats.moves(RESPONSIBLE, '按计划', ref);
    expect(await chats.heldCard(toLeader)).toMatchObject({ staleAt: null, changes: 2 });
    expect(chats.updatesOf(toLeader)).toHaveLength(1);
  });

  it('about an entry that did not change is left alone', async () => {
    const { notice } = await chats.assignedItem();
    const { ref } = await chats.assignedItem();
    await chats.moves(RESPONSIBLE, '签收', ref);
    expect(chats.updatesOf(notice)).toEqual([]);
  });

  it('that waited while its entry changed is brought up to date after it is sent', async () => {
    const { ref } = await chats.assignedItem();
    const entry = await chats.other.database.rows.entry.findUniqueOrThrow({
      where: { ref },
      include: { people: true },
    });
    const notBefore = new Date(chats.time + 3600_000);
    await chats.other.database.write((rows) =>
      enqueue(chats.other, rows, new Date(chats.time), {
        key: `waits:${ref}`,
        personId: chats.idOf(RESPONSIBLE),
        content: assigned(entry, '2026-12-31'),
        notBefore,
      }),
    );
    await chats.moves(RESPONSIBLE, '签收', ref);
    const before = chats.platform.calls.length;
    await chats.passSeconds(3600);
    expect(chats.platform.calls.slice(before)).toHaveLength(1);
    const notice = chats.latest(RESPONSIBLE);
    expect(chats.updatesOf(notice)).toHaveLength(1);
    expect(chats.labels(notice)).toEqual(['查看']);
    expect(chats.words(notice)).toContain(`最新状态：${ref}「已签收」`);
  });
});
