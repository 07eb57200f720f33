import { type Check, type Finding, failure, ok, warning } from '../../bot/lark/doctor/check.ts';
import type { Environment } from '../../config/environment.ts';
import { sha256 } from '../../ledger/audit/digest.ts';
import { chainHead } from '../../ledger/audit/trail.ts';
import { keysInUse } from '../../ledger/keys-in-use.ts';
import type { Rows } from '../../prisma/database.ts';
import { type HouseRecord, hasKey } from './house-record.ts';
import { original } from './original.ts';

/** 台账: the database opens, its key is there, and the audit chain ends as it should. The whole chain is for `verify`. */
export const recordCheck = (environment: Environment, record: HouseRecord): Check => ({
  title: '台账',
  async run() {
    let rows: Rows;
    try {
      rows = await record.open();
    } catch (fault) {
      return [
        failure(
          `数据库打不开${original(fault)}`,
          '检查 .env 的 DATA_DIR 和 DATABASE_URL；首次使用请先 npm start 或导入花名册。',
        ),
      ];
    }
    return [await keyFinding(rows, environment), await chainFinding(rows)];
  },
});

async function keyFinding(rows: Rows, environment: Environment): Promise<Finding> {
  try {
    if (await hasKey(rows, environment)) return rotationFinding(await keysInUse(rows));
    return warning('数据库还没有登记密钥', '启动一次服务（npm start）即登记。');
  } catch (fault) {
    return failure(
      `密钥不对${original(fault)}`,
      '把备份的密钥文件放回原处，权限设为 0600；没有它，密封的内容读不出来。',
    );
  }
}

const rotationFinding = (inUse: readonly string[]): Finding =>
  inUse.length === 1
    ? ok('数据库可读，密钥相符')
    : warning(
        `数据库可读，密钥相符；密钥轮换还没有做完（在用 ${inUse.length} 把）`,
        '再运行一次 npm run qinglian -- key rotate，它会接着做完。',
      );

async function chainFinding(rows: Rows): Promise<Finding> {
  const [head, records, last, given] = await Promise.all([
    chainHead(rows),
    rows.auditRecord.count(),
    rows.auditRecord.findFirst({ orderBy: { seq: 'desc' } }),
    rows.anchor.findFirst({ orderBy: { givenAt: 'desc' } }),
  ]);
  const hint = '停止服务，保留现场，运行 npm run qinglian -- verify 看是哪一条，并报告派驻纪检组。';
  if (records !== head.seq) return failure(`存证链缺记录：应有 ${head.seq} 条，现有 ${records} 条`, hint);
  if (last && !sha256(last.body).equals(last.hash)) return failure('存证链最后一条的指纹不符', hint);
  const isGiven = given && (await rows.auditRecord.count({ where: { hash: given.hash } })) > 0;
  if (given && !isGiven) return failure('周报给出过的存证链首不在链上', hint);
  return ok(`存证链 ${records} 条，链首相符（逐条核对用 verify）`);
}
