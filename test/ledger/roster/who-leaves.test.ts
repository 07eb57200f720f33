import { describe, expect, it } from 'vitest';
import type { RecordedPerson, Roll } from '../../../ledger/roster/roll.ts';
import type { DirectorySnapshot, SnapshotPerson } from '../../../ledger/roster/snapshot.ts';
import { whoLeaves } from '../../../ledger/roster/who-leaves.ts';

const recorded = (id: string, more: Partial<RecordedPerson> = {}): RecordedPerson => ({
  ...{ id, staffNumber: id, name: `示例${id}`, departmentId: 'd1', post: '', roles: [] },
  ...{ isHead: false, active: true, preferredPlatform: null },
  accounts: [{ platform: 'lark', externalId: `ou_${id}` }],
  ...more,
});
const seen = (id: string, more: Partial<SnapshotPerson> = {}): SnapshotPerson => ({
  ...{ externalId: `ou_${id}`, staffNumber: id, name: `示例${id}`, hasLeft: false },
  ...more,
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);

const never = (): never => {
  throw new Error('who leaves is found out before anybody is changed');
};
const UNCHANGED: Roll = {
  ...{ everybody: never, get: never, withNumber: never, withAccount: never, add: never },
  ...{ change: never, bind: never, unbind: never, letGo: never },
};

/** Who leaves and who moves, of those in the record, by what the directory says. */
function leaving(
  everybody: RecordedPerson[],
  people: SnapshotPerson[],
  { isComplete = true, twice = [] as string[] } = {},
) {
  const snapshot: DirectorySnapshot = { platform: 'lark', isComplete, departments: [], people };
  const withAccount = ({ externalId }: { externalId: string }) =>
    everybody.find(({ accounts }) => accounts.some((account) => account.externalId === externalId));
  const roll = { ...UNCHANGED, everybody: () => everybody, withAccount };
  const { leavers, movers } = whoLeaves(roll, snapshot, new Set(twice));
  const ids = (persons: RecordedPerson[]) => persons.map(({ id }) => id);
  return { leavers: ids(leavers), movers: ids(movers) };
}

const nobody = { leavers: [], movers: [] };

describe('who is here no longer', () => {
  it('is whom a complete directory does not name, and whom any says has left', () => {
    const two = [recorded('1'), recorded('2')];
    expect(leaving(two, [seen('1')])).toEqual({ leavers: ['2'], movers: [] });
    expect(leaving(two, [seen('1')], { isComplete: false })).toEqual(nobody);
    expect(leaving(two, [seen('1'), seen('2', { hasLeft: true })], { isComplete: false })).toEqual({
      leavers: ['2'],
      movers: [],
    });
  });

  it('is nobody who has another account there, who has none on this platform, or who left before', () => {
    const accounts = ['ou_1', 'ou_other'].map((externalId) => ({ platform: 'lark', externalId }));
    expect(leaving([recorded('1', { accounts })], [seen('1')])).toEqual(nobody);
    const elsewhere = { accounts: [{ platform: 'wechat', externalId: 'wx_1' }] };
    expect(leaving([recorded('1', elsewhere)], [])).toEqual(nobody);
    expect(leaving([recorded('1', { active: false })], [])).toEqual(nobody);
  });

  it('is who has an account of another platform beside the one that is gone', () => {
    const accounts = [...recorded('1').accounts, { platform: 'wechat', externalId: 'wx_1' }];
    expect(leaving([recorded('1', { accounts }), recorded('2')], [seen('2')]).leavers).toEqual(['1']);
    const said = [seen('1', { hasLeft: true })];
    expect(leaving([recorded('1', { accounts })], said, { isComplete: false }).leavers).toEqual(['1']);
  });
});

describe('who comes back with a new account', () => {
  const one = [recorded('1'), recorded('2')];
  const anew = (more: Partial<SnapshotPerson>, twice: string[] = []) =>
    leaving(one, [seen('2'), seen('1', { externalId: 'ou_new', ...more })], { twice });

  it('is known by his number together with his name', () => {
    expect(anew({})).toEqual({ leavers: [], movers: ['1'] });
    expect(anew({ name: '示例他人' })).toEqual({ leavers: ['1'], movers: [] });
    expect(anew({ staffNumber: '9' })).toEqual({ leavers: ['1'], movers: [] });
    const unnamed = { externalId: 'ou_new', staffNumber: '1', hasLeft: false };
    const unnumbered = { externalId: 'ou_new', name: '示例1', hasLeft: false };
    for (const newcomer of [unnamed, unnumbered])
      expect(leaving(one, [seen('2'), newcomer])).toEqual({ leavers: ['1'], movers: [] });
  });

  it('is not somebody who was here already, though he bears the number and the name now', () => {
    expect(leaving(one, [seen('2', { staffNumber: '1', name: '示例1' })])).toEqual({
      leavers: ['1'],
      movers: [],
    });
  });

  it('is not somebody who has left too, nor one of two with his number', () => {
    expect(anew({ hasLeft: true }).leavers).toEqual(['1']);
    expect(anew({}, ['1']).leavers).toEqual(['1']);
  });
});

describe('a directory that would empty the bureau', () => {
  const stay = (all: number, staying: number) => () =>
    leaving(
      numbers(all).map((id) => recorded(id)),
      numbers(staying).map((id) => seen(id)),
    );

  it('is refused where more than five and more than half would go', () => {
    expect(stay(11, 5)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringMatching(
          /^按通讯录，11 人中将有 6 人同时离开，未作任何变更.*--complete」导入/u,
        ),
      }),
    );
    expect(stay(12, 6)().leavers).toHaveLength(6);
    expect(stay(6, 0)).toThrow('6 人中将有 6 人');
  });

  it('is believed of a few, were it all of them', () => {
    expect(stay(5, 0)().leavers).toHaveLength(5);
  });
});
