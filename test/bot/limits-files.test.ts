import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { type FileFetching, openFileFetching } from '../../bot/file-fetching.ts';
import type { House } from '../../bot/house.ts';
import { inbound, STAND_IN } from './stand-in-platform.ts';

const FILE = { name: '示例.pdf', source: { key: 'a' } };

/** Files that a platform never hands out. */
function fetchingNothing(limits: { files: number; filesPerPerson: number }): FileFetching {
  const fetchFile = (_: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const house = {
    store: { rules: { limits, files: { maxMegabytes: 20 } } },
    platforms: [{ name: STAND_IN, fetchFile }],
    log: pino({ level: 'silent' }),
  };
  const fetching = openFileFetching(house as unknown as House, () => undefined);
  onTestFinished(() => fetching.stop());
  return fetching;
}

const fetchOne = (fetching: FileFetching, person: string, key: string) =>
  fetching.fetch(inbound({ key, account: person, text: '', at: new Date(0) }), FILE, person);

it('who sends many files at once is told which were not kept, and others’ files are fetched', () => {
  const fetching = fetchingNothing({ files: 10, filesPerPerson: 2 });
  expect(['1', '2', '3'].map((key) => fetchOne(fetching, 'a', key))).toEqual([
    undefined,
    undefined,
    '您发来的文件还有 2 个没有收完，这个文件没有保存。请等收完后重新发送。',
  ]);
  expect(fetchOne(fetching, 'b', '4')).toBeUndefined();
  expect([...fetching.underWay]).toEqual(['1', '2', '4']);
});

it('where many people’s files wait, the next is not kept, and its sender is told', () => {
  const fetching = fetchingNothing({ files: 2, filesPerPerson: 2 });
  expect(['a', 'b', 'c'].map((person) => fetchOne(fetching, person, person))).toEqual([
    undefined,
    undefined,
    '现在收到的文件较多，这个文件没有保存。请几分钟后重新发送。',
  ]);
});
