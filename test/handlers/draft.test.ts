import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Command } from '../../handlers/define.ts';
import { closeDraft, findDraft, keepTyped, openDraft } from '../../handlers/draft.ts';
import { filingCommands } from '../../handlers/file-entry.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { text } from '../../ledger/message.ts';
import { openSampleRecord, type SampleRecord } from '../sample-record.ts';

const AT = new Date('2026-11-23T01:00:00Z');

let record: SampleRecord;
beforeAll(async () => {
  record = await openSampleRecord(AT);
});
afterAll(() => record.close());

it('keeps nothing of what was typed once a form is done with, though another press still brings it', async () => {
  const { store } = record;
  const [person] = (await readDirectory(store.database.rows)).people;
  const [command] = filingCommands(store.ledgers) as [Command];
  if (!person) throw new Error('The sample bureau has nobody');
  const plan = {
    subject: '',
    title: '',
    intro: [],
    fields: {},
    start: {},
    given: { content: '写到一半' },
    confirm: true,
  };
  await store.database.write(async (rows) => {
    const draft = await openDraft(store, rows, { person, command, plan, at: AT });
    await keepTyped(store, rows, { ...draft, raw: { content: '写完了' } }, AT);
    expect(await findDraft(store, rows, person, draft.id)).toMatchObject({
      state: 'open',
      raw: { content: '写完了' },
    });
    await closeDraft(store, rows, draft, { state: 'sent', answer: text('已收到'), at: AT });
    await keepTyped(store, rows, { ...draft, raw: { content: '迟到的一次' } }, AT);
    expect(await findDraft(store, rows, person, draft.id)).toMatchObject({ state: 'sent', raw: {} });
  });
});
