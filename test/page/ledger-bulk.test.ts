import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BY_ONE,
  DISCIPLINE,
  enter,
  HIDDEN,
  LEADER,
  MUTUAL,
  OF_ONE,
  ONE,
  OTHER,
  openWaitingBureau,
  REVIEWED,
  STAFF,
  stateOf,
  targetOf,
  tick,
  timesOf,
} from './ledger-waiting.ts';
import type { PageBureau } from './page-bureau.ts';
import { refsIn, wayTo } from './table-shown.ts';
import { countOf } from './tick-rows.ts';
import { formWith, type Shown, type Visitor } from './visitor.ts';

let bureau: PageBureau;
beforeAll(async () => {
  bureau = await openWaitingBureau();
});
afterAll(() => bureau?.close());

/** Presses what confirms. */
async function confirm(visitor: Visitor, asked: Shown, word: string): Promise<Shown> {
  const { place, values } = formWith(asked.html, `确认${word}`);
  return visitor.post(place, { ...values, do: word });
}

describe('复核通过 of ticked rows', () => {
  const WORD = '复核通过';
  const WAITING = 'state=reviewed';

  it('stands open for those that he may let pass; of the one that he reviewed himself the row says why not, by rule and clause', async () => {
    const { shown } = await enter(bureau, ONE, WAITING);
    expect(refsIn(shown)).toEqual([...REVIEWED, BY_ONE, OF_ONE, HIDDEN]);
    expect(countOf(shown, WORD)).toBe(String(REVIEWED.length + 1));
    const rows = shown.html.split('<tr role="row">');
    const row = rows.find((each) => each.includes(`>${BY_ONE}<`)) ?? '';
    expect(row).toContain('须由另一人复核。（四眼原则·申请、审核、复核分属三人；依据：');
    expect(rows.filter((each) => each.includes('四眼原则'))).toHaveLength(2);
    const rounds = [...shown.html.matchAll(/<option value="(Z\d)">/gu)].map(([, ref]) => ref);
    expect(rounds).toEqual(['Z2', 'Z1']);
  });

  it('with all ticked means those of the page with which it can be said', async () => {
    const { visitor, shown } = await enter(bureau, ONE, WAITING);
    const { place, values } = formWith(shown.html, `${WORD}（本页 ${REVIEWED.length + 1} 项可办）`);
    const asked = await visitor.post(place, { ...values, do: WORD, all: 'true' });
    expect(asked.html).toContain(`<p>将办理 ${REVIEWED.length + 1} 项：</p>`);
    for (const ref of [...REVIEWED, HIDDEN]) expect(asked.html).toContain(ref);
    expect(asked.html).not.toContain(BY_ONE);
  });

  it('asks once for all, then closes each, and tells whose they are', async () => {
    const refs = REVIEWED.slice(0, 2);
    const { visitor, shown } = await enter(bureau, ONE, WAITING);
    const asked = await tick(visitor, shown, WORD, refs);
    for (const ref of refs) {
      expect(asked.html).toContain(ref);
      expect(await stateOf(bureau, ref)).toBe('待督查复核');
    }
    const done = await confirm(visitor, asked, WORD);
    expect(done.status).toBe(200);
    expect(done.html).toContain('复核已通过');
    for (const ref of refs) expect(await stateOf(bureau, ref)).toBe('已销号');
    const told = (await bureau.chatOf(STAFF)).map(({ content }) => JSON.stringify(content)).join();
    for (const ref of refs) expect(told).toContain(ref);
    expect(refsIn(await visitor.get(wayTo(done, '回到台账')))).not.toEqual(expect.arrayContaining(refs));
  });

  it('pressed twice is done once, and answered the same', async () => {
    const ref = REVIEWED[2] ?? '';
    const { visitor, shown } = await enter(bureau, ONE, WAITING);
    const asked = await tick(visitor, shown, WORD, [ref]);
    const [first, second] = await Promise.all([confirm(visitor, asked, WORD), confirm(visitor, asked, WORD)]);
    expect(first.status).toBe(200);
    expect(second.html).toBe(first.html);
    expect(await timesOf(bureau, ref, WORD)).toBe(1);
    expect((await confirm(visitor, asked, WORD)).html).toBe(first.html);
    expect(await timesOf(bureau, ref, WORD)).toBe(1);
  });

  it('of rows that another has changed meanwhile does none; says which, and does the others with one press', async () => {
    const [changed = '', kept = ''] = REVIEWED.slice(3, 5);
    const { visitor, shown } = await enter(bureau, ONE, WAITING);
    const asked = await tick(visitor, shown, WORD, [changed, kept]);
    await bureau.say(OTHER, `退回 ${changed} 示例：请补充`);
    for (const late of [
      await confirm(visitor, asked, WORD),
      await tick(visitor, shown, WORD, [kept, changed]),
    ]) {
      expect(late.status).toBe(422);
      expect(late.html).toContain('勾选的 2 项都还没有办理。其中 1 项不能');
      expect(late.html).toMatch(new RegExp(`<li><b>${changed}</b><p dir="auto">[^<]*刚刚已有变动`, 'u'));
      expect(await stateOf(bureau, kept)).toBe('待督查复核');
    }
    const late = await tick(visitor, shown, WORD, [kept, changed]);
    const { place, values } = formWith(late.html, `只办理其余 1 项：${WORD}`);
    const again = await visitor.post(place, { ...values, do: WORD });
    expect((await confirm(visitor, again, WORD)).status).toBe(200);
    expect([await stateOf(bureau, kept), await stateOf(bureau, changed)]).toEqual(['已销号', '退回补正']);
  });

  it('is kept from who reviewed himself, also where he sends the row by other means: row by row, by rule and clause', async () => {
    const { visitor, shown } = await enter(bureau, OTHER, WAITING);
    const mine = await enter(bureau, ONE, WAITING);
    const { place, values } = formWith(shown.html, `${WORD}（本页 ${countOf(shown, WORD)} 项可办）`);
    const target = [targetOf(shown, BY_ONE), targetOf(shown, OF_ONE)];
    const refused = await mine.visitor.post(mine.shown.place, { ...values, do: WORD, target });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('勾选的 2 项都不能「复核通过」，没有办理');
    expect(refused.html).toMatch(
      new RegExp(
        `<b>${BY_ONE}</b><p dir="auto">${BY_ONE} 是您审核的，须由另一人复核。（四眼原则·[^；]+；依据：`,
        'u',
      ),
    );
    expect(refused.html).toMatch(
      new RegExp(`<b>${OF_ONE}</b><p dir="auto">您是 ${OF_ONE} 的责任人或申请人，不能复核自己`, 'u'),
    );
    expect(refused.html).not.toContain('只办理其余');
    expect([await stateOf(bureau, BY_ONE), await stateOf(bureau, OF_ONE)]).toEqual([
      '待督查复核',
      '待督查复核',
    ]);
    expect(place).toContain('/p/items');
    expect((await visitor.get(shown.place)).status).toBe(200);
  });

  it('does none where a rule that looks at the whole round forbids one, and names it', async () => {
    const { visitor, shown } = await enter(bureau, OTHER, WAITING);
    const asked = await tick(visitor, shown, WORD, [BY_ONE, OF_ONE]);
    const refused = await confirm(visitor, asked, WORD);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(
      `您在同一轮次中申请的 ${MUTUAL} 由程一禾审核或复核过，${OF_ONE} 须由另一人复核`,
    );
    expect(refused.html).toContain('同一轮次不得互批');
    expect([await stateOf(bureau, BY_ONE), await stateOf(bureau, OF_ONE)]).toEqual([
      '待督查复核',
      '待督查复核',
    ]);
  });

  it.each([
    STAFF,
    LEADER,
    DISCIPLINE,
  ])('is not for %s: no button, and nothing by other means', async (name) => {
    const { shown: officers } = await enter(bureau, OTHER, WAITING);
    const { values } = formWith(officers.html, `${WORD}（本页 ${countOf(officers, WORD)} 项可办）`);
    const { visitor, shown } = await enter(bureau, name, 'state=all');
    expect(countOf(shown, WORD)).toBeUndefined();
    const forged = { ...values, do: WORD, target: targetOf(officers, BY_ONE) };
    for (const sure of ['', 'true']) {
      const refused = await visitor.post(shown.place, { ...forged, sure });
      expect(refused.status).toBe(422);
      expect(refused.html).toContain('由指定的工作人员办理');
    }
    expect(await stateOf(bureau, BY_ONE)).toBe('待督查复核');
  });

  it('knows of an item that is hidden from the 督查员 no more than of one that there is not', async () => {
    const { visitor, shown } = await enter(bureau, OTHER, WAITING);
    const target = targetOf((await enter(bureau, ONE, WAITING)).shown, HIDDEN);
    expect(target).not.toBe('');
    expect(shown.html).not.toContain(HIDDEN);
    const { place, values } = formWith(shown.html, `${WORD}（本页 ${countOf(shown, WORD)} 项可办）`);
    const none = await visitor.post(place, { ...values, do: WORD, target: 'Z9-9-9@4' });
    const hidden = await visitor.post(place, { ...values, do: WORD, target });
    expect(hidden.status).toBe(422);
    expect(hidden.html.replaceAll(HIDDEN, '')).toBe(none.html.replaceAll('Z9-9-9', ''));
  });
});
