import { expect, it } from 'vitest';
import { Uploads } from '../../web/page/uploads.ts';

const MEGABYTE = 1024 * 1024;
const from = (visit: string, bytes?: number) => ({
  headers: {
    cookie: `qinglian-page=${visit.repeat(43)}`,
    ...(bytes !== undefined && { 'content-length': String(bytes) }),
  },
});

function house() {
  let at = Date.parse('2026-11-23T01:00:00.000Z');
  const uploads = new Uploads(10 * MEGABYTE, () => new Date(at));
  return { uploads, pass: (ms: number) => (at += ms) };
}

it('all visits together bring in no more than two of the largest requests at once', () => {
  const { uploads } = house();
  expect(uploads.begin(from('a', 10 * MEGABYTE))).toBeUndefined();
  expect(uploads.begin(from('b', 9 * MEGABYTE))).toBeUndefined();
  expect(uploads.begin(from('c', 2 * MEGABYTE))).toMatchObject({ status: 503 });
  expect(uploads.begin(from('c', MEGABYTE))).toBeUndefined();
  uploads.end(from('a', 10 * MEGABYTE));
  expect(uploads.begin(from('d', 10 * MEGABYTE))).toBeUndefined();
});

it('a request that does not say how large it is counts as the largest', () => {
  const { uploads } = house();
  expect(uploads.begin(from('a'))).toBeUndefined();
  expect(uploads.begin(from('b'))).toBeUndefined();
  expect(uploads.begin(from('c', MEGABYTE))).toMatchObject({ status: 503 });
  uploads.end(from('a'));
  expect(uploads.begin(from('c', MEGABYTE))).toBeUndefined();
});

it('an upload that broke off holds its visit up for a minute', () => {
  const { uploads, pass } = house();
  uploads.begin(from('a', MEGABYTE));
  pass(59_999);
  expect(uploads.begin(from('a', MEGABYTE))).toMatchObject({ status: 429 });
  pass(1);
  expect(uploads.begin(from('a', MEGABYTE))).toBeUndefined();
});
