import { afterEach, describe, expect, it } from 'vitest';
import { qrPng } from '../../../ledger/qr.ts';
import { cardOf, closeAll, codeOf, open } from './opened.ts';

afterEach(closeAll);

const PATH = '/open-apis/im/v1/images';
const MEGABYTE = 1024 * 1024;
const png = async (sent = Buffer.alloc(0)) => Buffer.concat([await qrPng('示例'), sent]);
const image = (key: string) =>
  cardOf({ tag: 'img', img_key: key, alt: { tag: 'plain_text', content: '示例' } });

type Opened = Awaited<ReturnType<typeof open>>;

async function tokenOf({ standIn }: Opened): Promise<string> {
  const { appId: app_id, appSecret: app_secret } = standIn;
  const answer = await fetch(`${standIn.address}/open-apis/auth/v3/tenant_access_token/internal`, {
    method: 'POST',
    body: JSON.stringify({ app_id, app_secret }),
  });
  return String(((await answer.json()) as { tenant_access_token: string }).tenant_access_token);
}

async function posted(opened: Opened, body: FormData | string, path = PATH) {
  const headers = { authorization: `Bearer ${await tokenOf(opened)}` };
  const answer = await fetch(opened.standIn.address + path, { method: 'POST', headers, body });
  return (await answer.json()) as { code: number; data?: { image_key: string } };
}

function formOf(parts: Record<string, string | Buffer>): FormData {
  const form = new FormData();
  for (const [name, part] of Object.entries(parts))
    form.append(name, typeof part === 'string' ? part : new File([new Uint8Array(part)], 'a.png'));
  return form;
}

describe('an upload of a picture', () => {
  it('gives each a key of its own, by which cards of this app show it and no others', async () => {
    const [ours, theirs] = [await open(), await open()];
    const form = async () => formOf({ image_type: 'message', image: await png() });
    const keys = [await posted(ours, await form()), await posted(ours, await form())].map(
      ({ data }) => data?.image_key ?? '',
    );
    expect(new Set(keys).size).toBe(2);
    const [key = ''] = keys;
    expect(ours.standIn.images.get(key)).toEqual(await png());
    await ours.sendCard(ours.person, image(key));
    expect(await codeOf(theirs.sendCard(theirs.person, image(key)))).toBe(230099);
    const portrait = await posted(ours, formOf({ image_type: 'avatar', image: await png() }));
    expect(await codeOf(ours.sendCard(ours.person, image(portrait.data?.image_key ?? '')))).toBe(230099);
  });

  it('is refused without the scope, and without the bot', async () => {
    const opened = await open();
    const { scopes, application } = opened.standIn;
    const form = formOf({ image_type: 'message', image: await png() });
    scopes.delete('im:resource');
    expect((await posted(opened, form)).code).toBe(99991672);
    scopes.add('im:resource:upload');
    expect((await posted(opened, form)).code).toBe(0);
    application.botStatus = 1;
    expect((await posted(opened, form)).code).toBe(234007);
  });

  it('is refused for what is no such form', async () => {
    const opened = await open();
    const image = await png();
    const nameless = new FormData();
    nameless.append('image_type', 'message');
    nameless.append('image', image.toString('latin1'));
    for (const body of [
      '{}',
      formOf({ image }),
      formOf({ image_type: 'message' }),
      formOf({ image_type: 'picture', image }),
      formOf({ image_type: 'message', image, file_name: 'a.png' }),
      formOf({ image_type: 'message', image, other: image }),
      nameless,
    ])
      expect((await posted(opened, body)).code).toBe(234001);
    const message = '/open-apis/im/v1/messages?receive_id_type=open_id';
    expect((await posted(opened, formOf({ image }), message)).code).toBe(9499);
    expect(opened.standIn.images.size).toBe(0);
  });

  it('is refused for what is no picture, or too large a one', async () => {
    const opened = await open();
    const codeFor = async (bytes: Buffer) =>
      (await posted(opened, formOf({ image_type: 'message', image: bytes }))).code;
    const wide = await png();
    wide.writeUInt32BE(12_001, 16);
    expect(await codeFor(Buffer.alloc(0))).toBe(234010);
    expect(await codeFor(Buffer.from('<svg/>'))).toBe(234011);
    expect(await codeFor(wide)).toBe(234039);
    const room = 10 * MEGABYTE - (await png()).length;
    expect(await codeFor(await png(Buffer.alloc(room)))).toBe(0);
    expect(await codeFor(await png(Buffer.alloc(room + 1)))).toBe(234006);
  });

  it('is refused where there are too many in a second', async () => {
    const opened = await open({ limits: { perSecond: 2 } });
    const form = formOf({ image_type: 'message', image: await png() });
    const codes = await Promise.all([1, 2, 3].map(async () => (await posted(opened, form)).code));
    expect(codes.toSorted()).toEqual([0, 0, 99991400]);
  });
});
