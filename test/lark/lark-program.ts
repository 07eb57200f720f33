import { freePort, RunningProgram } from '../../campaign/running-program.ts';
import type { LarkBureau } from './lark-bureau.ts';
import { larkVariables } from './lark-variables.ts';

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
    ...larkVariables(standIn),
    LARK_TRANSPORT: transport,
  });
}
