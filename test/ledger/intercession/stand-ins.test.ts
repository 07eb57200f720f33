import { describe, expect, it } from 'vitest';
import { isReceived, levelsOf, standIns } from '../../../ledger/intercession/routing.ts';
import { plainBureau, someone } from '../plain-bureau.ts';

const directory = plainBureau([
  someone('纪检甲', { roles: ['discipline'] }),
  someone('纪检乙', { roles: ['discipline'] }),
  someone('派驻甲', { roles: ['resident'] }),
  someone('上级甲', { roles: ['upper'] }),
  someone('副局长', { roles: ['leader'] }),
  someone('书记', { roles: ['secretary'] }),
  someone('科员'),
]);
const instead = (recused: string[], reporter = '科员') => standIns(directory, recused, { id: reporter });

describe('who receives a report beside the 纪检监察员', () => {
  it('is nobody, as long as one of them may have it and no leader is concerned', () => {
    expect(instead([])).toEqual([]);
    expect(instead(['纪检甲'])).toEqual([]);
    expect(instead(['纪检甲'], '科员')).toEqual([]);
  });

  it('is the 派驻纪检组 where a leader or the 党组书记 is concerned', () => {
    expect(instead(['副局长'])).toEqual(['派驻甲']);
    expect(instead(['书记'])).toEqual(['派驻甲']);
  });

  it('is the 派驻纪检组 where no officer may: each is concerned, or filed it himself', () => {
    expect(instead(['纪检甲', '纪检乙'])).toEqual(['派驻甲']);
    expect(instead(['纪检甲'], '纪检乙')).toEqual(['派驻甲']);
  });

  it('is the 上级纪检联络人 where nobody of the 派驻纪检组 may, and nobody where no level is left', () => {
    expect(instead(['纪检甲', '纪检乙', '派驻甲'])).toEqual(['上级甲']);
    expect(instead(['副局长', '派驻甲'])).toEqual(['上级甲']);
    expect(instead(['纪检甲', '纪检乙', '派驻甲', '上级甲'])).toEqual([]);
  });
});

it('a report is received as long as one person of any level may have it', () => {
  const received = (recused: string[], reporter = '科员') => isReceived(directory, recused, { id: reporter });
  expect(received([])).toBe(true);
  expect(received(['纪检甲', '纪检乙', '派驻甲'])).toBe(true);
  expect(received(['纪检甲', '纪检乙', '派驻甲', '上级甲'])).toBe(false);
  expect(received(['纪检甲', '纪检乙', '派驻甲'], '上级甲')).toBe(false);
});

it('who has it is told by the role alone, the nearest first', () => {
  expect(levelsOf(directory, ['上级甲', '派驻甲'])).toBe('派驻纪检组、上级纪检联络人');
  expect(levelsOf(directory, ['纪检甲'])).toBe('纪检监察员');
  expect(levelsOf(directory, ['科员'])).toBe('');
});
