import { freePort, RunningProgram } from '../../campaign/running-program.ts';
import type { LarkBureau } from './lark-bureau.ts';

/** The bureau's program in a process of its own, not started yet: it can be killed and started again on the same data. */
export async function larkProgram(
  { standIn, folder, environment }: LarkBureau,
  transport: 'websocket' | 'webhook',
): Promise<RunningProgram> {
  const port = String(await freePort());
  if (transport === 'webhook') standIn.pushTo(`http://127.0.0.1:${port}/webhook/lark`);
  return new RunningProgram({
    PORT: port,
    DATA_DIR: folder,
    QINGLIAN_CONFIG: environment.rulesFile,
    LOCAL_CHAT: 'off',
    LOG_LEVEL: 'error',
    LARK_APP_ID: standIn.appId,
    LARK_APP_SECRET: standIn.appSecret,
    LARK_BASE_URL: standIn.address,
    LARK_TRANSPORT: transport,
    LARK_ENCRYPT_KEY: standIn.encryptKey,
    LARK_VERIFICATION_TOKEN: standIn.verificationToken,
  });
}
