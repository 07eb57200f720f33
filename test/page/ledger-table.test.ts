import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPageBureau, type PageBureau, wayIn } from './page-bureau.ts';
import { headingsIn, refsIn, targetsIn, wayTo } from './table-shown.ts';
import { assign, bulk, countOf } from './tick-rows.ts';
import { formWith, type Shown, type Visitor } from './visitor.ts';

const OFFICER = '程一禾';
const STAFF = '许星阑';
const LEADER = '孟知行';
const OTHER = '林砚秋';

let bureau: PageBureau;

beforeAll(async () => {
  bureau = await openPageBureau();
});
afterAll(() => bureau?.close());

async function enter(name: string, word = '台账页'): Promise<{ visitor: Visitor; shown: Shown }> {
  const { url, code } = wayIn((await bureau.say(name, word)).content);
  const visitor = bureau.visitor();
  return { visitor, shown: await visitor.open(url, code) };
}

const more = ({ place }: Shown, query: string) => `${place}&${query}`;

describe('the ledger page', () => {
  it('opens from the chat by 台账页 and by 打开 整改台账, each time with a new link and code', async () => {
    const { shown } = await enter(OFFICER);
    expect(shown.status).toBe(200);
    expect(refsIn(shown)).toHaveLength(16);
    expect((await enter(OFFICER, '打开 整改台账')).shown.html).toContain('<caption>整改事项</caption>');
  });

  it('shows somebody nothing in which he takes no part, and says nothing of what there is', async () => {
    const { shown } = await enter(OTHER);
    expect(refsIn(shown)).toEqual([]);
    expect(shown.html).toContain('没有符合条件且您可以查看的事项');
    expect(shown.html).not.toContain('Z1');
  });

  it('assigns all ticked rows with one form, tells who has them, and leads back to the very view', async () => {
    const { visitor, shown } = await enter(OFFICER);
    const view = await visitor.get(more(shown, 'state=unassigned&text=评审'));
    const ticked = targetsIn(view).slice(0, 3);
    expect(ticked).toHaveLength(3);
    const done = await assign(bureau, visitor, view, ticked);
    expect(done.html).toContain('已指派');
    const back = await visitor.get(wayTo(done, '回到台账'));
    expect(decodeURIComponent(back.place)).toBe(view.place);
    expect(targetsIn(back)).not.toEqual(expect.arrayContaining(ticked));
    const told = (await bureau.chatOf(STAFF)).map(({ content }) => JSON.stringify(content)).join();
    for (const target of ticked) expect(told).toContain(target.split('@')[0]);
  });

  it('shows who has an item his own, and by its name what he is to do', async () => {
    const { shown } = await enter(STAFF);
    expect(refsIn(shown)).toHaveLength(3);
    expect(shown.html).toContain(LEADER);
    expect(shown.html).not.toContain('指派（');
  });

  it('refuses what somebody else has changed since it was shown, and changes nothing', async () => {
    const { visitor, shown } = await enter(OFFICER);
    const [first = '', second = ''] = targetsIn(await visitor.get(more(shown, 'state=unassigned')));
    const other = await enter(OFFICER);
    await assign(bureau, other.visitor, other.shown, [first]);
    const late = await bulk(visitor, shown, '指派', [first, second]);
    expect(late.status).toBe(422);
    expect(late.html).toContain('刚刚已有变动');
    const now = await visitor.get(more(shown, 'state=unassigned'));
    expect(targetsIn(now)).toContain(second);
  });

  it('assigns all of the page with one tick, and nothing without any', async () => {
    const { visitor, shown } = await enter(OFFICER);
    const view = await visitor.get(more(shown, 'state=unassigned&round=Z1-6'));
    expect((await bulk(visitor, view, '指派', [])).html).toContain('还没有勾选事项');
    const { place, values } = formWith(view.html, `指派（本页 ${countOf(view, '指派')} 项可办）`);
    const form = await visitor.post(place, { ...values, do: '指派', all: 'true' });
    for (const ref of refsIn(view)) expect(form.html).toContain(ref);
  });

  it('lets a 责任领导 grant deferrals for ticked rows, once he has confirmed it', async () => {
    const mine = await enter(STAFF);
    const refs = refsIn(mine.shown).slice(0, 2);
    for (const ref of refs) {
      const { content, messageId } = await bureau.say(STAFF, `申请延期 ${ref}`);
      const action = content.kind === 'form' ? (content.actions[0]?.action ?? '') : '';
      await bureau.act(STAFF, messageId, action, { to: '2027-01-29', reason: '示例：等待批复' });
    }
    const { visitor, shown } = await enter(LEADER);
    expect(countOf(shown, '准予延期')).toBe('2');
    const target = targetsIn(shown);
    const asked = await bulk(visitor, shown, '准予延期', target);
    expect(asked.html).toContain('将办理 2 项');
    expect((await visitor.get(shown.place)).html).toContain('准予延期（本页 2 项可办）');
    const { place, values } = formWith(asked.html, '确认准予延期');
    const done = await visitor.post(place, { ...values, do: '准予延期' });
    expect(done.html).toContain('已准予延期');
    expect((await visitor.get(shown.place)).html.match(/2027-01-29/gu)).toHaveLength(2);
    expect((await visitor.post(place, { ...values, do: '准予延期' })).html).not.toContain('系统出现故障');
  });

  it('takes no other word and no other thing than the rows', async () => {
    const { visitor, shown } = await enter(OFFICER);
    const { place, values } = formWith(shown.html, `指派（本页 ${countOf(shown, '指派')} 项可办）`);
    const [target = ''] = targetsIn(shown);
    for (const wrong of [
      { do: '修改', target },
      { do: '指派', target: '全部' },
      { do: '指派', target: `${target} 某人` },
      { do: '指派', target, press: 'x' },
    ])
      expect((await visitor.post(place, { ...values, ...wrong })).html).toContain('读不出来');
  });
});

describe('what stands on it', () => {
  let visitor: Visitor;
  let shown: Shown;
  beforeEach(async () => {
    ({ visitor, shown } = await enter(OFFICER));
  });
  const view = (query: string) => visitor.get(more(shown, query));

  it('is filtered by state, person, department, round, date and words, and says when nobody is called so', async () => {
    expect(refsIn(await view('state=unassigned')).length).toBeGreaterThan(0);
    expect(refsIn(await view(`person=${encodeURIComponent(STAFF)}`))).toHaveLength(4);
    expect(refsIn(await view('round=Z1-2'))).toEqual(['Z1-2-1', 'Z1-2-2', 'Z1-2-3']);
    expect(refsIn(await view('due=90'))).toHaveLength(4);
    expect(refsIn(await view('due=7'))).toHaveLength(0);
    expect(refsIn(await view('category=lasting'))).toEqual([]);
    expect(refsIn(await view('text=%25'))).toEqual([]);
    const nobody = await view('person=%E6%B2%A1%E6%9C%89');
    expect(nobody.html).toContain('没有叫「没有」的人');
    expect(nobody.html).not.toContain('没有符合条件');
    expect((await view('round=Z1-2')).html).toContain('<option value="Z1-2" selected>');
    const department = /<option value="([^"]+)">高新技术科/u.exec(shown.html)?.[1] ?? '';
    expect(refsIn(await view(`department=${department}`))).toHaveLength(4);
  });

  it('is sorted by number, date, state and latest change, whatever an address asks for', async () => {
    const all = refsIn(shown);
    expect(all).toEqual([...all].sort());
    const due = refsIn(await view('sort=due')).slice(0, 4);
    expect([...due].sort()).toEqual(refsIn(await view('due=90')));
    const dates = [...(await view('sort=due')).html.matchAll(/\d{4}-\d\d-\d\d/gu)].map(([date]) => date);
    expect(dates.slice(-4)).toEqual([...dates.slice(-4)].sort());
    expect(
      refsIn(await view('sort=changed'))
        .slice(0, 4)
        .sort(),
    ).toEqual(refsIn(await view('due=90')));
    expect(refsIn(await view('sort=state')).slice(-4)).toEqual(refsIn(await view('due=90')));
    expect(refsIn(await view('sort=%27%3B&state=%3Cb%3E&due=-1&after=9~~'))).toEqual(all);
  });

  it('is grouped by problem, department, state and 责任领导, the departments in the order of the roster', async () => {
    expect(headingsIn(await view('group=problem'))[0]).toMatch(/^Z1 .* › Z1-1 /u);
    expect(headingsIn(await view('group=department'))).toEqual(['高新技术科', '待分派']);
    expect(headingsIn(await view('group=state'))).toEqual(['待分派', '已交办']);
    expect(headingsIn(await view('group=leader'))).toEqual([LEADER, '待分派']);
  });

  it('says in words what is overdue', async () => {
    await bureau.moveClock('2027-01-04T09:00:00+08:00');
    const late = (await enter(OFFICER)).shown;
    expect(late.html.match(/已逾期 2026-12-31/gu)).toHaveLength(2);
  });

  it('tells the trail of an item: who, when, the values before and after, and that the chain holds', async () => {
    const entered = await enter(OFFICER);
    const [ref = ''] = refsIn(await entered.visitor.get(more(entered.shown, 'state=assigned')));
    const again = await entered.visitor.get(more(entered.shown, 'state=assigned'));
    const target = targetsIn(again).filter((each) => each.startsWith(`${ref}@`));
    await assign(bureau, entered.visitor, again, target, '2027-02-26');
    const place = `${entered.shown.place.replace('/items', '/item')}&r=${ref}&state=assigned`;
    const item = await entered.visitor.get(place);
    expect(item.html).toContain(OFFICER);
    expect(item.html).toContain('待分派 → 已交办');
    expect(item.html).toContain('整改时限：2026-12-31 → 2027-02-26');
    expect(item.html).toMatch(/核对一致：此项 \d 步记录/u);
    expect(item.html).toMatch(/<code>[0-9a-f]{12}<\/code>/u);
    expect((await entered.visitor.get(wayTo(item, '回到台账'))).html).toContain(
      '<option value="assigned" selected>',
    );
  });

  it('opens the page of an item, and stays open itself however many were opened', async () => {
    const entered = await enter(OFFICER);
    for (const ref of refsIn(entered.shown)) {
      const opened = await entered.visitor.post(entered.shown.place, { do: 'open', r: ref });
      expect(opened.place).toMatch(/^\/p\/view\?k=/u);
      expect(wayTo(opened, '回到台账')).toBe(entered.shown.place);
    }
    for (const ref of ['Z1', 'Z1-1', 'Z1-2', 'Z1-3', 'Z1-4', 'Z1-5'])
      await entered.visitor.post(entered.shown.place, { do: 'open', r: ref });
    expect((await entered.visitor.get(entered.shown.place)).status).toBe(200);
  });

  it('tells nobody of an item that he may not see, in the words for one that there is not', async () => {
    const { visitor: other, shown: seen } = await enter(OTHER);
    const item = (ref: string) => other.get(`${seen.place.replace('/items', '/item')}&r=${ref}`);
    expect((await item('Z1-1-1')).html.replaceAll('Z1-1-1', '')).toBe(
      (await item('Z9-9-9')).html.replaceAll('Z9-9-9', ''),
    );
    expect((await other.post(seen.place, { do: 'open', r: 'Z1-1-1' })).html).toContain('没有找到编号');
  });

  it('is printed with who printed it and when, without anything to press', async () => {
    const entered = await enter(OFFICER);
    const paper = await entered.visitor.get(wayTo(entered.shown, '打印'));
    expect(paper.html).toMatch(/打印人：程一禾（[^）]+） 打印时间：2027-01-04 /u);
    expect(paper.html).not.toContain('<form class="filter');
    expect(paper.html).not.toContain('type="checkbox"');
  });

  it('has no script and nothing from elsewhere', async () => {
    expect(shown.html).not.toMatch(/<script|\son\w+=|style=|https?:/u);
    expect(shown.headers.get('content-security-policy')).not.toContain('script');
  });
});

it('says of an item that was changed behind the chain that its record does not fit', async () => {
  const { visitor, shown } = await enter(OFFICER);
  const place = `${shown.place.replace('/items', '/item')}&r=Z1-6-3`;
  expect((await visitor.get(place)).html).toContain('核对一致');
  const tables = new DatabaseSync(bureau.databaseFile);
  tables.exec(`UPDATE "Entry" SET "title" = '示例：另一句话' WHERE "ref" = 'Z1-6-3'`);
  expect((await visitor.get(place)).html).toContain('现在的内容与最后一条记录不符');
  tables.exec(
    `UPDATE "AuditRecord" SET "actor" = 'x' WHERE "entryId" = (SELECT "id" FROM "Entry" WHERE "ref" = 'Z1-6-3')`,
  );
  tables.close();
  expect((await visitor.get(place)).html).toMatch(/第 1 条记录与其原文不符/u);
});

it('is open to nobody without a link of his own', async () => {
  const { shown } = await enter(OFFICER);
  const stranger = bureau.visitor();
  for (const place of [shown.place, shown.place.replace('/items', '/item')])
    expect((await stranger.get(place)).html).toContain('页面已关闭或已超时');
});
