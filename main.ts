import { pino } from 'pino';
import { readEnvironment } from './config/environment.ts';
import { loadSettingsFile } from './config/settings-file.ts';
import { startService } from './start.ts';

loadSettingsFile();
const environment = readEnvironmentOrExit();
const log = pino({ level: environment.logLevel, base: null });

try {
  const service = await startService(environment, { now: () => new Date(), log });
  log.info({ address: service.address, platforms: service.platforms }, 'Qinglian is running');
  if (service.localChat) process.stdout.write(`\n  清廉台账已启动，请打开：${service.address}/chat\n\n`);
  if (service.platforms.length === 0)
    log.warn('LOCAL_CHAT is off and no platform is configured: nobody can reach the bot');
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping: finishing what is under way');
      service.stop().then(
        () => process.exit(0),
        (fault) => {
          log.error({ err: fault }, 'did not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
} catch (fault) {
  log.fatal(fault instanceof Error ? fault.message : String(fault));
  log.debug({ err: fault }, 'start failed');
  process.exit(1);
}

function readEnvironmentOrExit() {
  try {
    return readEnvironment(process.env);
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exit(1);
  }
}
