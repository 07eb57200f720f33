import type { Calling } from './calling.ts';
import { TOO_LONG } from './http.ts';
import { insisting } from './insisting.ts';
import type { LarkApi } from './lark-api.ts';
import { LarkFailure } from './lark-failure.ts';
import type { Place } from './line.ts';

/** The calls that carry bytes. */
export const fileCalls = (call: Calling['call']): Pick<LarkApi, 'download' | 'upload'> => ({
  async download({ messageId, key, type }, { maxBytes, signal }) {
    const url = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}/resources/${encodeURIComponent(key)}`;
    const request = { method: 'GET', url, params: { type }, responseType: 'arraybuffer' } as const;
    const place: Place = { api: 'im.message.resource', urgent: false };
    const found = await call<unknown>(place, { ...request, maxContentLength: maxBytes, signal });
    if (found === TOO_LONG) return 'too-large';
    if (Buffer.isBuffer(found)) return found;
    throw new LarkFailure('im.message.resource: the answer is no file', { code: 0, lasting: false });
  },
  async upload({ png, key, urgent }) {
    const form = new FormData();
    form.append('image_type', 'message');
    form.append('image', new File([png], 'picture.png', { type: 'image/png' }));
    const request = {
      method: 'POST',
      url: '/open-apis/im/v1/images',
      // Given as `data`, the SDK would send it without a file name, and the platform takes none for a wrong parameter (234001).
      transformRequest: () => form,
    };
    const place: Place = { api: 'im.image.create', urgent, key };
    const { image_key } = await insisting(urgent, () => call<{ image_key?: unknown }>(place, request));
    if (typeof image_key === 'string' && image_key !== '') return image_key;
    throw new LarkFailure('im.image.create: the answer names no image', { code: 0, lasting: false });
  },
});
