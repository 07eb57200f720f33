import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, FORM, open } from './opened.ts';
import { decrypted, listen } from './request-url.ts';

afterEach(closeAll);

describe('what people do', () => {
  it('sends a form as the client does, and not what the client would not send', async () => {
    const { standIn, sendCard, person } = await open();
    const stranger = standIn.directory.addPerson({ name: '示例乙' });
    const messageId = await sendCard(person, FORM);
    const { url, requests } = await listen(() => [200, '{}']);
    standIn.pushTo(url);
    const press = (form: Record<string, unknown>, options = {}) =>
      standIn.press(person.openId, messageId, { act: 'send' }, { form, ...options });
    await press({ on: '2026-11-24', who: person.openId });
    await press({ title: '新' }, { empty: 'null' });
    await press({ title: '太长的标题' }, { empty: 'blank' });
    expect(requests.map((request) => decrypted(standIn, request).event.action)).toMatchObject([
      {
        name: 'submit',
        form_value: { title: '旧', on: '2026-11-24 +0800', who: person.openId, sure: false },
      },
      { form_value: { title: '新', on: null, who: null, sure: false } },
      { form_value: { title: '太长的标题', on: '', who: '', sure: false } },
    ]);
    await expect(press({ title: '' })).rejects.toThrow('required');
    await expect(press({ title: '六个字的标题' })).rejects.toThrow('no more than 5');
    await expect(press({ on: '明天' })).rejects.toThrow('does not take');
    await expect(press({ who: stranger.openId })).rejects.toThrow('offers no');
    await expect(press({ other: 1 })).rejects.toThrow('no field other');
    await press({ title: '', other: 1 }, { unchecked: true });
    await expect(standIn.press(stranger.openId, messageId, { act: 'send' })).rejects.toThrow('does not see');
    await standIn.press(stranger.openId, messageId, { act: 'gone' }, { stale: true, forwarded: true });
    expect(requests).toHaveLength(5);
  });

  it('pushes only what is subscribed to and allowed; in a group only what mentions the bot', async () => {
    const { standIn, person } = await open();
    const { url, requests } = await listen(() => [200, '{}']);
    standIn.pushTo(url);
    const group = standIn.directory.addGroup({ members: [person.openId] }).chatId;
    const { body } = await standIn.say(person.openId, '您好', { group });
    expect(body).toMatchObject({
      event: {
        message: {
          chat_type: 'group',
          content: '{"text":"@_user_1 您好"}',
          mentions: [{ key: '@_user_1', id: { open_id: standIn.botOpenId } }],
        },
      },
    });
    expect(requests).toHaveLength(1);
    expect((await standIn.say(person.openId, '您好', { group, mentions: [] })).withheld).toContain(
      'not mentioned',
    );
    standIn.scopes.delete('im:message.p2p_msg:readonly');
    expect((await standIn.say(person.openId, '您好')).withheld).toContain('im:message.p2p_msg:readonly');
    standIn.application.events.delete('application.bot.menu_v6');
    expect((await standIn.menu(person.openId, 'help')).withheld).toContain('not subscribed');
    expect(requests).toHaveLength(1);
    standIn.scopes.delete('contact:user.employee_id:readonly');
    const entered = await standIn.openChat(person.openId);
    expect(entered.body.event).toMatchObject({ operator_id: { open_id: person.openId, user_id: null } });
    await standIn.sendOther(person.openId, 'image');
    await standIn.push('contact.user.deleted_v3', { object: { open_id: person.openId } });
    expect(requests).toHaveLength(3);
  });
});
