import { flushCompileCache } from 'node:module';
import { pino } from 'pino';
import { readEnvironment } from './config/environment.ts';
import { loadSettingsFile } from './config/settings-file.ts';
import { type Service, startService } from './start.ts';

loadSettingsFile();
const environment = readEnvironmentOrExit();
const log = pino({ level: environment.logLevel, base: null });

try {
  const starting = startService(environment, { now: () => new Date(), log });
  stopOnSignal(starting);
  const service = await starting;
  // Where the operator has Node keep what it compiled (NODE_COMPILE_CACHE), a life that ends without a word helps the next.
  flushCompileCache();
  log.info({ address: service.address, platforms: service.platforms }, 'Qinglian is running');
  if (service.localChat) process.stdout.write(`\n  清廉台账已启动，请打开：${service.address}/chat\n\n`);
  if (service.platforms.length === 0)
    log.warn('LOCAL_CHAT is off and no platform is configured: nobody can reach the bot');
} catch (fault) {
  log.fatal(fault instanceof Error ? fault.message : String(fault));
  log.debug({ err: fault }, 'start failed');
  process.exit(1);
}

/** Also a start that is under way is finished first, so that nothing is left half done. */
function stopOnSignal(starting: Promise<Service>): void {
  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping: finishing what is under way');
    try {
      await (await starting).stop();
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
