import { beforeEach, describe, expect, test } from 'vitest';
import { readLarkDirectory, readLarkPerson } from '../../bot/lark/directory/read-directory.ts';
import { type Call, directoryWorld, Refused, type World } from './directory-world.ts';

let world: World;

beforeEach(() => {
  world = directoryWorld();
  world.departments = [
    { open_department_id: 'od-1', name: '办公室', parent_department_id: '0', leader_user_id: 'ou_1' },
    { open_department_id: 'od-2', name: '高新技术科', parent_department_id: '0' },
    { open_department_id: 'od-3', name: '一组', parent_department_id: 'od-2' },
  ];
  world.people = [1, 2, 3, 4, 5].map((number) => ({
    ...{ open_id: `ou_${number}`, name: `示例${number}`, employee_no: `S00${number}` },
    department_ids: ['od-1'],
  }));
});

const read = () => readLarkDirectory(world.api, 'lark');
const isPageOf = (api: string, token?: string) => (call: Call) =>
  call.api === api && call.params?.page_token === token;
const USERS = 'contact.user.find_by_department';

describe('the whole directory', () => {
  test('is read page by page, departments and people', async () => {
    world.people.push({ open_id: 'ou_6', department_ids: ['0'], name: '示例6', job_title: '局长' });
    expect(await read()).toEqual({
      platform: 'lark',
      isComplete: true,
      departments: [
        { externalId: 'od-1', name: '办公室', headId: 'ou_1' },
        { externalId: 'od-2', name: '高新技术科', headId: '' },
        { externalId: 'od-3', name: '一组', parentId: 'od-2', headId: '' },
      ],
      people: [
        ...[1, 2, 3, 4, 5].map((number) => ({
          ...{ externalId: `ou_${number}`, name: `示例${number}`, staffNumber: `S00${number}` },
          ...{ departmentId: 'od-1', hasLeft: false },
        })),
        { externalId: 'ou_6', name: '示例6', post: '局长', departmentId: '0', hasLeft: false },
      ],
    });
    expect(world.calls.filter(({ api }) => api === USERS)).toHaveLength(6);
    for (const { method, params } of world.calls) {
      expect(method).toBe('GET');
      expect(params).toMatchObject({
        user_id_type: 'open_id',
        department_id_type: 'open_department_id',
        page_size: 50,
      });
    }
  });

  test('has somebody in two departments once, in his primary one', async () => {
    world.people = [
      {
        open_id: 'ou_1',
        department_ids: ['od-1', 'od-2'],
        orders: [
          { department_id: 'od-1', is_primary_dept: false },
          { department_id: 'od-2', is_primary_dept: true },
        ],
      },
    ];
    expect((await read()).people).toEqual([{ externalId: 'ou_1', departmentId: 'od-2', hasLeft: false }]);
  });

  test('says nothing of what a scope hides', async () => {
    world.departments = [{ open_department_id: 'od-1', name: '办公室' }];
    world.people = [{ open_id: 'ou_1' }];
    expect(await read()).toMatchObject({
      departments: [{ externalId: 'od-1', name: '办公室' }],
      people: [{ externalId: 'ou_1', departmentId: '0', hasLeft: false }],
    });
    expect((await read()).departments[0]).not.toHaveProperty('headId');
    world.departments = [{ open_department_id: 'od-1' }];
    await expect(read()).rejects.toThrow('contact:department.base:readonly');
  });

  test('knows who has left, and takes no deputy for a head', async () => {
    world.departments = [
      { open_department_id: 'od-1', name: '办公室', leaders: [{ leaderType: 2, leaderID: 'ou_2' }] },
      {
        open_department_id: 'od-2',
        name: '高新技术科',
        leaders: [
          { leaderType: 2, leaderID: 'ou_2' },
          { leaderType: 1, leaderID: 'ou_3' },
        ],
      },
      { open_department_id: 'od-4', name: '撤销科', status: { is_deleted: true } },
    ];
    world.people = [{ open_id: 'ou_1', status: { is_exited: true } }];
    const { departments, people } = await read();
    expect(departments).toEqual([
      { externalId: 'od-1', name: '办公室' },
      { externalId: 'od-2', name: '高新技术科', headId: 'ou_3' },
    ]);
    expect(people).toMatchObject([{ hasLeft: true }]);
  });
});

describe('a directory that cannot be read as a whole is not read at all', () => {
  test.each([
    ['a page of departments', isPageOf('contact.department.children', '2')],
    ['a page of people', isPageOf(USERS, '2')],
    ['the people of the company itself', ({ params }: Call) => params?.department_id === '0'],
  ])('%s fails', async (_, isMeant) => {
    world.instead = (call) => {
      if (isMeant(call)) throw new Refused(99991400);
    };
    await expect(read()).rejects.toThrow('code 99991400');
  });

  test.each([
    ['goes on without a token', () => ({ has_more: true, items: [] }), 'gives no token'],
    ['gives a token a second time', () => ({ has_more: true, page_token: 'a', items: [] }), 'given before'],
    ['never ends', (count: number) => ({ has_more: true, page_token: `${count}` }), 'more than 500 pages'],
    ['is no page', () => ({ has_more: false, items: '示例' }), 'not as expected in items'],
    ['names nobody', () => ({ has_more: false, items: [{ name: '示例' }] }), 'not as expected in open_id'],
    ['is empty', () => null, 'not as expected in the whole'],
  ])('a list %s', async (_, page, sentence) => {
    let count = 0;
    world.instead = ({ api }) => {
      if (api !== USERS) return undefined;
      count += 1;
      // The world takes undefined for its own answer, so nothing stands for it here.
      return page(count) ?? Number.NaN;
    };
    await expect(read()).rejects.toThrow(sentence);
    await expect(read()).rejects.not.toThrow('示例');
  });
});

describe('one person', () => {
  test('is read by himself', async () => {
    expect(await readLarkPerson(world.api, 'ou_2')).toMatchObject({
      externalId: 'ou_2',
      departmentId: 'od-1',
    });
  });

  test.each([
    41050, 41012,
  ])('is unknown where the app may not read him (%i), which is not to have left', async (code) => {
    world.instead = () => {
      throw new Refused(code);
    };
    expect(await readLarkPerson(world.api, 'ou_2')).toBe('unknown');
  });

  test('is not unknown because the call failed', async () => {
    world.instead = () => {
      throw new Refused(99991672);
    };
    await expect(readLarkPerson(world.api, 'ou_2')).rejects.toThrow('99991672');
  });
});
