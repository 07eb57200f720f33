import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, codeOf, open, refusal } from './opened.ts';

afterEach(closeAll);

describe('the directory, read by the SDK', () => {
  it('pages through departments and people, fifty at most', async () => {
    const { standIn, client } = await open();
    const { directory } = standIn;
    const office = directory.addDepartment({ name: '办公室' });
    const below = directory.addDepartment({ name: '文书科', parent: office.openDepartmentId });
    const names = Array.from({ length: 60 }, (_, index) => `示例${index}`);
    for (const name of names) directory.addPerson({ name, departments: [below.openDepartmentId] });
    const all = await client.contact.department.children({
      path: { department_id: '0' },
      params: { fetch_child: true, page_size: 50 },
    });
    expect(all.data?.items?.map(({ name, parent_department_id: parent }) => [name, parent])).toEqual([
      ['办公室', '0'],
      ['文书科', office.openDepartmentId],
    ]);
    const page = (token?: string, size = 50) =>
      client.contact.user.findByDepartment({
        params: {
          department_id: below.openDepartmentId,
          page_size: size,
          ...(token ? { page_token: token } : {}),
        },
      });
    const first = await page();
    expect([first.data?.items?.length, first.data?.has_more]).toEqual([50, true]);
    const second = await page(first.data?.page_token);
    expect(second.data?.has_more).toBe(false);
    const read = [...(first.data?.items ?? []), ...(second.data?.items ?? [])];
    expect(read.map(({ name }) => name)).toEqual(names);
    expect(await codeOf(page('no token'))).toBe(99992402);
    expect(await codeOf(page(undefined, 51))).toBe(99992402);
    standIn.onCall = ({ query }) =>
      query.page_token ? { status: 500, body: { code: 2200, msg: '' } } : undefined;
    expect((await page()).code).toBe(0);
    expect(await refusal(page(first.data?.page_token))).toMatchObject({ status: 500 });
  });

  it('leaves out fields whose scope is missing, and people out of range', async () => {
    const { standIn, client, person } = await open();
    const read = () => client.contact.user.get({ path: { user_id: person.openId } });
    expect((await read()).data?.user).toMatchObject({ name: '示例甲', status: { is_resigned: false } });
    standIn.scopes.delete('contact:user.base:readonly');
    standIn.scopes.delete('contact:user.employee:readonly');
    const { user } = (await read()).data ?? {};
    expect(user).toMatchObject({ open_id: person.openId, department_ids: ['0'] });
    expect(user).not.toHaveProperty('name');
    expect(user).not.toHaveProperty('status');
    person.inContactRange = false;
    expect(await codeOf(read())).toBe(41050);
    const batch = await client.contact.user.batch({ params: { user_ids: [person.openId] } });
    expect(batch.data?.items).toEqual([]);
    standIn.directory.removePerson(person.openId);
    expect(await codeOf(read())).toBe(41012);
    standIn.directory.wholeCompany = false;
    expect(await codeOf(client.contact.department.children({ path: { department_id: '0' } }))).toBe(40004);
  });

  it('says what range the app has, and how it is set up', async () => {
    const { standIn, client, person } = await open();
    const office = standIn.directory.addDepartment({ name: '办公室' });
    expect((await client.contact.scope.list()).data).toMatchObject({
      department_ids: [office.openDepartmentId],
      user_ids: [person.openId],
      has_more: false,
    });
    const read = async () =>
      (
        await client.application.application.get({
          path: { app_id: standIn.appId },
          params: { lang: 'zh_cn' },
        })
      ).data?.app;
    expect(await read()).toMatchObject({ callback_info: { callback_type: 'websocket' } });
    standIn.pushTo('http://127.0.0.1:1/lark');
    standIn.application.events.clear();
    expect(await read()).toMatchObject({
      event: { subscription_type: 'webhook', request_url: 'http://127.0.0.1:1/lark', subscribed_events: [] },
      callback_info: { subscribed_callbacks: ['card.action.trigger'] },
    });
    const info = await client.request<{ bot: object }>({ method: 'GET', url: '/open-apis/bot/v3/info' });
    expect(info.bot).toMatchObject({ open_id: standIn.botOpenId, activate_status: 2 });
  });
});
