import { describe, expect, test } from 'vitest';
import { personNamed } from '../sample-record.ts';
import { type DirectoryDesk, freshDesks, openRead } from './directory-desk.ts';
import { Refused } from './directory-world.ts';

let desk: DirectoryDesk;

freshDesks(openRead, (fresh) => {
  desk = fresh;
});

describe('everybody, once more', () => {
  test('has not left because he moved while the lists were read', async () => {
    desk.world.instead = ({ api }) => {
      if (api !== 'contact.user.find_by_department') return undefined;
      return { has_more: false, items: desk.world.people.filter(({ open_id }) => open_id !== 'ou_S017') };
    };
    expect((await desk.sync.full()).left).toEqual([]);
    desk.world.instead = () => undefined;
    desk.resign('S017');
    expect((await desk.sync.full()).left).toEqual(['林砚秋']);
  });

  test('who would all go at once stays, and operators are told why', async () => {
    desk.world.people = desk.world.people.slice(0, 3);
    await expect(desk.sync.full()).rejects.toThrow('同时离开');
    expect(desk.sync.problem()).toContain('21 人中将有 18 人同时离开');
    expect(await desk.names()).toHaveLength(21);
  });
});

describe('what is noted', () => {
  test('stands in the database before the event is acknowledged, and survives the process', async () => {
    desk.resign('S017');
    await desk.changed('S017', true);
    await desk.sync.stop();
    desk.sync = desk.openSync();
    await desk.sync.run();
    expect(await desk.names()).not.toContain('林砚秋');
    expect(await desk.noted()).toBe(0);
  });

  test('is read and nobody else; where nothing is noted nothing is read', async () => {
    desk.inWorld('S017').job_title = '副科长';
    await desk.changed('S017');
    await desk.sync.run();
    expect(desk.apis()).toEqual(['contact.user.get', 'contact.department.get']);
    expect((await personNamed(desk.store, '林砚秋')).post).toBe('副科长');
    await desk.sync.run();
    expect(desk.apis()).toEqual([]);
  });

  test('about somebody outside the contact range lets nobody go', async () => {
    desk.world.instead = ({ api }) => {
      if (api === 'contact.user.get') throw new Refused(41050);
    };
    await desk.changed('S017');
    await desk.sync.run();
    expect(await desk.names()).toContain('林砚秋');
    expect(await desk.noted()).toBe(0);
  });

  test('about somebody who is here all the same lets nobody go either', async () => {
    await desk.changed('S017', true);
    await desk.sync.run();
    expect(await desk.names()).toContain('林砚秋');
  });

  test('about somebody in a department that is new makes everybody be read', async () => {
    desk.world.departments.push({ open_department_id: 'od-new', name: '成果科', parent_department_id: '0' });
    desk.inWorld('S017').department_ids = ['od-new'];
    await desk.changed('S017');
    await desk.sync.run();
    expect(desk.apis()).toContain('contact.department.children');
    expect((await personNamed(desk.store, '林砚秋')).department).toBe('成果科');
  });

  test('while it is worked on is done again', async () => {
    desk.inWorld('S017').job_title = '旧职务';
    desk.world.instead = async ({ api }) => {
      if (api !== 'contact.user.get') return undefined;
      desk.world.instead = () => undefined;
      const old = { ...desk.inWorld('S017') };
      desk.inWorld('S017').job_title = '新职务';
      await desk.changed('S017');
      return { user: old };
    };
    await desk.changed('S017');
    await desk.sync.run();
    expect((await personNamed(desk.store, '林砚秋')).post).toBe('旧职务');
    expect(await desk.noted()).toBe(1);
    await desk.sync.run();
    expect((await personNamed(desk.store, '林砚秋')).post).toBe('新职务');
  });

  test('never runs twice at once', async () => {
    let underWay = 0;
    let most = 0;
    desk.world.instead = async ({ api }) => {
      if (api !== 'contact.user.get') return undefined;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay -= 1;
      return undefined;
    };
    await desk.changed('S017');
    await Promise.all([desk.sync.run(), desk.sync.run(), desk.sync.run()]);
    expect(most).toBe(1);
  });
});
