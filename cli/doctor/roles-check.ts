import { type Check, type Finding, failure, ok, warning } from '../../bot/lark/doctor/check.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { ROLES, type Role } from '../../ledger/role.ts';
import type { Rows } from '../../prisma/database.ts';

/** What nobody does where nobody has the role. */
const NEEDED: readonly { role: Role; without: string; wrong: typeof failure }[] = [
  { role: 'supervisor', without: '整改事项没有人指派、复核', wrong: failure },
  { role: 'discipline', without: '说情打招呼记录没有人受理', wrong: failure },
  { role: 'administrator', without: '没有人收到未送达的提示', wrong: warning },
];

/** 角色: somebody has each role that the work depends on, and can be reached. */
export const rolesCheck = (rows: () => Promise<Rows>, options: { platform?: string }): Check => ({
  title: '角色',
  async run() {
    const record = await rows();
    const { platform } = options;
    const directory = await readDirectory(record);
    const accounts = platform ? await record.account.findMany({ where: { platform } }) : [];
    const reached = new Set(accounts.map(({ personId }) => personId));
    return NEEDED.map(({ role, without, wrong }): Finding => {
      const holders = directory.withRole(role);
      const label = ROLES[role];
      if (holders.length === 0)
        return wrong(`没有人担任${label}：${without}`, `npm run qinglian -- role give <工号或姓名> ${label}`);
      const unreached = platform ? holders.filter(({ id }) => !reached.has(id)) : [];
      if (unreached.length === 0) return ok(`${label} ${holders.length} 人`);
      const numbers = unreached.map(({ staffNumber }) => staffNumber).join('、');
      return warning(
        `${label} ${holders.length} 人，其中 ${unreached.length} 人没有飞书账号（工号 ${numbers}）`,
        '让通讯录里的工号与花名册一致；或在花名册的「飞书账号」一列填 open_id 后重新导入。',
      );
    });
  },
});
