import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { installationSecret } from '../../ledger/installation-secret.ts';
import type { Rows, Store } from '../../ledger/store.ts';
import { WECHAT } from './acquaintances.ts';

/** 30 bits tell accounts apart, 42 bits of the mark show that the service wrote it. */
const ID = 5;
const MARK = 7;
const SHAPE = new RegExp(`#([\\w-]{${ID}})([\\w-]{${MARK}})$`);
/** Bytes that are left for a name where old clients keep 16 of a remark. */
const NAME_BYTES = 3;
const SECRET_BYTES = 32;

/**
 * What the bot's account calls somebody, so that he is known again whatever his id is: the first sign of his name, for whoever
 * looks at the phone, an id of our own and a mark that only this installation makes. Old clients keep no more than 16 bytes.
 */
export interface Remarks {
  write(name: string, account: string): Promise<string>;
  /** @returns whom it was written for; `undefined`: it was not written here */
  read(remark: string | undefined): Promise<string | undefined>;
}

export function openRemarks({ database, keys }: Pick<Store, 'database' | 'keys'>): Remarks {
  let made: Promise<Uint8Array> | undefined;
  const secret = () => {
    made ??= installationSecret(database, keys, 'wechat-remark-key', () => randomBytes(SECRET_BYTES));
    return made.catch((fault: unknown) => {
      made = undefined;
      throw fault;
    });
  };
  const markOf = async (account: string) =>
    createHmac('sha256', await secret())
      .update(`wechat-remark/${account}`)
      .digest('base64url')
      .slice(0, MARK);
  return {
    async write(name, account) {
      const [sign = ''] = name;
      const shown = Buffer.byteLength(sign) <= NAME_BYTES ? sign : '';
      return `${shown}#${account}${await markOf(account)}`;
    },
    async read(remark = '') {
      const [, account, mark] = SHAPE.exec(remark) ?? [];
      if (account === undefined || mark === undefined) return undefined;
      return timingSafeEqual(Buffer.from(mark), Buffer.from(await markOf(account))) ? account : undefined;
    },
  };
}

/** By what the ledger knows an account from now on: WeChat's own ids may be others after each login. */
export async function unusedAccount(rows: Rows): Promise<string> {
  for (;;) {
    const externalId = randomBytes(4).toString('base64url').slice(0, ID);
    const where = { platform_externalId: { platform: WECHAT, externalId } };
    if (!(await rows.account.findUnique({ where, select: { personId: true } }))) return externalId;
  }
}
