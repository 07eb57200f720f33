import * as z from 'zod';
import type { Rows } from '../../../ledger/store.ts';
import { LARK } from '../accounts.ts';
import { SCOPE_MISSING } from '../calls/call-fault.ts';
import { LarkFailure } from '../calls/lark-failure.ts';
import { lastSync } from '../directory/noted-changes.ts';
import { type Check, type Finding, failure, NotChecked, ok, warning } from './check.ts';
import { PAGES, RELEASE } from './console-pages.ts';
import type { LookedAt } from './looked-at.ts';

const V3 = '/open-apis/contact/v3';
/** The app may not read the company as a whole. */
const PARTIAL = 40004;

const rangeSchema = z.object({
  department_ids: z.array(z.string()).nullish(),
  user_ids: z.array(z.string()).nullish(),
});

/** 通讯录范围: whether the app may read everybody; a part would look as if the others had left. */
export const contactRangeCheck = ({ request }: LookedAt): Check => ({
  title: '通讯录范围',
  async run() {
    const { department_ids, user_ids } = await asked(
      request<unknown>({
        api: 'contact.scope.list',
        method: 'GET',
        path: `${V3}/scopes`,
        params: { page_size: 100 },
      }).then((data) => rangeSchema.parse(data)),
    );
    const [departments, people] = [department_ids?.length ?? 0, user_ids?.length ?? 0];
    const hint = `到${PAGES.contactRange}，选「全部成员」。`;
    if (departments + people === 0) return [failure('应用读不到任何科室和人员', hint, RELEASE)];
    const isWhole = await request<unknown>({
      api: 'contact.department.children',
      method: 'GET',
      path: `${V3}/departments/0/children`,
      params: { page_size: 1 },
    }).then(
      () => true,
      (fault: unknown) => {
        if (fault instanceof LarkFailure && fault.code === PARTIAL) return false;
        throw fault;
      },
    );
    if (!isWhole)
      return [failure('应用只能读到部分成员：通讯录同步不会进行，以免把读不到的人当作离职', hint, RELEASE)];
    return [ok('全部成员。可用范围平台不给查：有人收不到消息时见「投递」')];
  },
});

/** @throws NotChecked where a scope is missing, which is said elsewhere */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (fault) {
    if (fault instanceof LarkFailure && fault.code === SCOPE_MISSING) throw new NotChecked('先解决「权限」');
    throw fault;
  }
}

const HOUR_MS = 3_600_000;
/** It is done once a day. */
const STALE_HOURS = 48;

/** 人员: who can be reached, and when everybody was read the last time. */
export const peopleCheck = ({ rows, now, withNames }: LookedAt): Check => ({
  title: '人员',
  async run() {
    const record = await rows();
    const here = { active: true };
    const [everybody, bound] = await Promise.all([
      record.person.count({ where: here }),
      record.person.count({ where: { ...here, accounts: { some: { platform: LARK } } } }),
    ]);
    if (everybody === 0) {
      return [
        warning(
          '台账里还没有人员',
          '启动服务（npm start）即从通讯录同步；或先导入花名册：npm run qinglian -- import roster <文件>。',
        ),
      ];
    }
    return [boundFinding(everybody, bound), ...(await syncFindings(record, now(), withNames))];
  },
});

function boundFinding(everybody: number, bound: number): Finding {
  const said = `在职 ${everybody} 人，已登记飞书账号 ${bound} 人`;
  if (bound === everybody) return ok(said);
  return warning(
    `${said}：${everybody - bound} 人收不到消息`,
    '让通讯录里的工号与花名册一致，即自动登记；或在花名册的「飞书账号」一列填 open_id 后重新导入。',
  );
}

async function syncFindings(rows: Rows, now: Date, withNames: boolean): Promise<Finding[]> {
  const last = await lastSync(rows, LARK);
  if (!last) return [warning('还没有同步过通讯录', '启动服务（npm start），一两分钟后再体检。')];
  const conflicts = last.conflicts.length;
  return [
    syncedFinding(now.getTime() - last.at.getTime()),
    ...(conflicts > 0
      ? [
          warning(
            `同步有 ${conflicts} 处要人核对`,
            ...(withNames
              ? last.conflicts
              : ['逐条查看：npm run qinglian -- doctor --names（会显示姓名）。']),
          ),
        ]
      : []),
  ];
}

function syncedFinding(agoMs: number): Finding {
  const hours = Math.floor(agoMs / HOUR_MS);
  const said = `最近一次全量同步在${hours < 1 ? '不到 1 小时' : ` ${hours} 小时`}前`;
  if (hours < STALE_HOURS) return ok(said);
  return warning(said, '每日应同步一次：确认服务在运行，并看 /readyz 的 problems。');
}
