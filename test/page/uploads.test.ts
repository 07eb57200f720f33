import { expect, it } from 'vitest';
import { Uploads } from '../../web/page/uploads.ts';

const MEGABYTE = 1024 * 1024;
const from = (visit: string, bytes?: number) => ({
  headers: {
    cookie: `qinglian-page=${visit.repeat(43)}`,
    ...(bytes !== undefined && { 'content-length': String(bytes) }),
  },
});

it('all visits together bring in no more than two of the largest requests at once', () => {
  const uploads = new Uploads(10 * MEGABYTE);
  const largest = from('a', 10 * MEGABYTE);
  expect(uploads.begin(largest)).toBeUndefined();
  expect(uploads.begin(from('b', 9 * MEGABYTE))).toBeUndefined();
  expect(uploads.begin(from('c', 2 * MEGABYTE))).toMatchObject({ status: 503 });
  expect(uploads.begin(from('c', MEGABYTE))).toBeUndefined();
  uploads.end(largest);
  expect(uploads.begin(from('d', 10 * MEGABYTE))).toBeUndefined();
});

it('a request that does not say how large it is counts as the largest', () => {
  const uploads = new Uploads(10 * MEGABYTE);
  const unsaid = from('a');
  expect(uploads.begin(unsaid)).toBeUndefined();
  expect(uploads.begin(from('b'))).toBeUndefined();
  expect(uploads.begin(from('c', MEGABYTE))).toMatchObject({ status: 503 });
  uploads.end(unsaid);
  expect(uploads.begin(from('c', MEGABYTE))).toBeUndefined();
});

it("one that was refused, or is too large to be read, gives nobody else's place away", () => {
  const uploads = new Uploads(10 * MEGABYTE);
  const first = from('a', MEGABYTE);
  expect(uploads.begin(first)).toBeUndefined();
  const tooLarge = from('a', 11 * MEGABYTE);
  expect(uploads.begin(tooLarge)).toBeUndefined();
  uploads.end(tooLarge);
  uploads.end(from('a', MEGABYTE));
  expect(uploads.begin(from('a', MEGABYTE))).toMatchObject({ status: 429 });
  uploads.end(first);
  expect(uploads.begin(from('a', MEGABYTE))).toBeUndefined();
});
