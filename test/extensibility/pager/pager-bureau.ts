import { randomUUID } from 'node:crypto';
import type { Bureau, BureauOptions } from '../../bureau.ts';
import { openLocalBureau } from '../../local-bureau.ts';
import { besideLocal } from '../../platform-contract/beside-local.ts';
import { type PagerCompany, pagerSetting } from './pager.ts';

export const SECRET = 'example-secret-of-the-pagers';

/** A company in the test's hands. */
class Company implements PagerCompany {
  readonly #shown = new Map<string, { pager: string; text: string }>();

  async page(id: string, pager: string, text: string): Promise<'shown'> {
    if (!this.#shown.has(id)) this.#shown.set(id, { pager, text });
    return 'shown';
  }

  textsTo = (pager: string): string[] =>
    [...this.#shown.values()].flatMap((page) => (page.pager === pager ? [page.text] : []));
}

/** The sample bureau with a pager in everybody's pocket. */
export async function openPagerBureau(options: BureauOptions = {}): Promise<Bureau> {
  const company = new Company();
  const opened: { bureau?: Bureau } = {};
  async function call(id: string, pager: string, text: string): Promise<void> {
    const response = await fetch(`${opened.bureau?.service.address}/webhook/pager`, {
      method: 'POST',
      headers: { 'x-pager-secret': SECRET },
      body: JSON.stringify({ id, pager, text }),
    });
    if (response.status !== 200) throw new Error(`The pager was answered ${response.status}`);
  }
  opened.bureau = await besideLocal({
    setting: pagerSetting(company, SECRET),
    open: (world) =>
      openLocalBureau({
        ...options,
        // A test speaks faster than people do.
        rules: { limits: { messagesPerMinute: 10_000 }, ...options.rules },
        world: { ...options.world, ...world },
      }),
    accountOf: (index) => String(100 + index),
    textsTo: company.textsTo,
    types: (pager, text) => call(randomUUID(), pager, text),
    async typesTwice(pager, text) {
      const id = randomUUID();
      await call(id, pager, text);
      await call(id, pager, text);
    },
  });
  return opened.bureau;
}
