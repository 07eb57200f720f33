import { expect, it } from 'vitest';
import type { EndpointReply } from '../../bot/platform.ts';
import { Papers } from '../../web/limits/papers.ts';

const of = (visitor: string) => ({ headers: { cookie: `qinglian-page=${visitor.repeat(43)}` } });
const made: EndpointReply = { status: 200, type: 'application/pdf', body: 'made' };

it('papers are made one after the other; a visitor waits for a few, and all together for some', async () => {
  const papers = new Papers({ papers: 4, papersPerVisitor: 2 });
  const { promise: go, resolve } = Promise.withResolvers<void>();
  let underWay = 0;
  let most = 0;
  const work = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await go;
    underWay -= 1;
    return made;
  };
  const taken = ['a', 'a', 'b', 'c'].map((visitor) => papers.make(of(visitor), work));
  expect(await papers.make(of('a'), work)).toMatchObject({ status: 429, headers: { 'retry-after': '10' } });
  const full = await papers.make(of('d'), work);
  expect(full).toMatchObject({ status: 503, body: expect.stringContaining('请稍后再试') });
  resolve();
  expect(await Promise.all(taken)).toEqual([made, made, made, made]);
  expect(most).toBe(1);
  expect(await papers.make(of('a'), work)).toEqual(made);
});

it('one that cannot be made keeps nobody from his', async () => {
  const papers = new Papers({ papers: 1, papersPerVisitor: 1 });
  const broken = papers.make(of('a'), () => Promise.reject(new Error('broken')));
  await expect(broken).rejects.toThrow('broken');
  expect(await papers.make(of('a'), async () => made)).toEqual(made);
});
