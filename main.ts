import { setTimeout as wait } from 'node:timers/promises';
import { keepCompiled, writeCompiledWhenQuiet } from './config/keep-compiled.ts';
import { loadSettingsFile } from './config/settings-file.ts';
import { trustAsTheMachineDoes } from './config/trusted-certificates.ts';
import type { Service } from './start.ts';

/** Between attempts to open the house anew. */
const OPEN_AGAIN_MS = 2000;
/** A stop takes so long at most, less than service managers allow: a database that does not answer is not waited for. */
const STOP_MS = 80_000;

loadSettingsFile();
keepCompiled(process.env);
trustAsTheMachineDoes();
// Everything else is loaded from here on, or it would be compiled before that is kept.
const [{ pino }, { readEnvironment }, { logSettings }, { startService }, { openDoorkeeper }] =
  await Promise.all([
    import('pino'),
    import('./config/environment.ts'),
    import('./config/log-settings.ts'),
    import('./start.ts'),
    import('./web/doorkeeper.ts'),
  ]);
const environment = readEnvironmentOrExit();
const log = pino(logSettings(environment.logLevel));

const doorkeeper = openDoorkeeper(environment.host, environment.port, 'the database does not answer');
const world = { now: () => new Date(), log, beforeListening: () => doorkeeper.leave() };
/** What a signal stops: the service that runs, or is just starting. */
let current = startService(environment, world);
let isStopping = false;
stopOnSignal();
try {
  const service = await current;
  if (service.localChat) process.stdout.write(`\n  清廉台账已启动，请打开：${service.address}/chat\n\n`);
  if (service.platforms.length === 0)
    log.warn('LOCAL_CHAT is off and no platform is configured: nobody can reach the bot');
  writeCompiledWhenQuiet();
} catch (fault) {
  log.fatal(fault instanceof Error ? fault.message : String(fault));
  log.debug({ err: fault }, 'start failed');
  process.exit(1);
}
for (;;) {
  const { address, platforms, lost, stop } = await current;
  log.info({ address, platforms }, 'Qinglian is running');
  await lost;
  log.warn('the database does not answer, or another instance leads: opening anew');
  doorkeeper.stand();
  await stop().catch((fault) => log.error({ err: fault }, 'did not stop cleanly'));
  current = openAnew();
}

/** Until the database is there again. Meanwhile nothing is open that had to be finished before a stop. */
async function openAnew(): Promise<Service> {
  for (;;) {
    if (isStopping) process.exit(0);
    try {
      return await startService(environment, world);
    } catch (fault) {
      log.error({ reason: fault instanceof Error ? fault.message : String(fault) }, 'cannot open yet');
      doorkeeper.stand();
      await wait(OPEN_AGAIN_MS);
    }
  }
}

/** Also a start that is under way is finished first, so that nothing is left half done. */
function stopOnSignal(): void {
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping: finishing what is under way');
    // Whatever was acknowledged is kept: it is done by who starts next.
    setTimeout(() => {
      log.error({ seconds: STOP_MS / 1000 }, 'could not finish what is under way: ended all the same');
      process.exit(1);
    }, STOP_MS);
    try {
      await (await current).stop();
      process.exit(0);
    } catch (fault) {
      log.error({ err: fault }, 'did not stop cleanly');
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

function readEnvironmentOrExit() {
  try {
    return readEnvironment(process.env);
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  }
}
