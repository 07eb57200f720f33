import type { Logger } from 'pino';
import { openLane } from './bot/delivery.ts';
import type { House } from './bot/house.ts';
import { openInbox } from './bot/inbox.ts';
import { keepCardsTrue } from './bot/keep-cards-true.ts';
import { keepTime } from './bot/keep-time.ts';
import { openReceivers } from './bot/limits/receivers.ts';
import { pagesAt } from './bot/pages-at.ts';
import type { ChatPlatform, Receiver } from './bot/platform.ts';
import { type Advance, openPlatforms, type PlatformSetting } from './bot/platforms.ts';
import { tellAdministrators } from './bot/tell-administrators.ts';
import { together, type Worker } from './bot/worker.ts';
import type { Environment } from './config/environment.ts';
import { handlersFor } from './handlers/index.ts';
import { type Beside, scheduledBackups } from './jobs/backup/scheduled-backups.ts';
import { jobs } from './jobs/index.ts';
import type { RanJob } from './jobs/run-due.ts';
import { type Scheduler, scheduler } from './jobs/scheduler.ts';
import { type Ticking, tickingAlone } from './jobs/ticking.ts';
import { backupState } from './ledger/backup/backup-state.ts';
import { inOwnProcess } from './ledger/backup/in-own-process.ts';
import { endLeases } from './ledger/claim-messages.ts';
import type { Ledger } from './ledger/define.ts';
import { ledgers as allLedgers } from './ledger/ledgers.ts';
import type { Store } from './ledger/store.ts';
import { openStore } from './open-store.ts';
import { onlyOneAt } from './prisma/only-one.ts';
import { isPostgresql } from './prisma/open-database.ts';
import { loadSample } from './sample/load-sample.ts';
import { warnOfWhatIsMissing } from './warn-of-what-is-missing.ts';
import { type JobTally, openJobTally } from './web/metrics/job-tally.ts';
import { operationsEndpoints } from './web/operations.ts';
import { visitEndpoints } from './web/page/visit-endpoints.ts';
import { close, listen, webServer } from './web/server.ts';

export interface Service {
  /** Where the web server is reached. */
  address: string;
  /** Whether the local chat is on. */
  localChat: boolean;
  /** The platforms on which the bot can be spoken to. */
  platforms: readonly string[];
  /** Resolves when this instance led and does not any more: it is to be stopped, and another opened in its place. */
  lost: Promise<void>;
  /** Resolves once everything that came in is settled and everything that is due is delivered. */
  idle(): Promise<void>;
  /** Takes nothing more, finishes what is under way, closes the database. */
  stop(): Promise<void>;
}

export interface World {
  /** The present time. */
  now: () => Date;
  log: Logger;
  /** For the sake of a test: other ledgers and further platforms. */
  ledgers?: readonly Ledger[];
  platforms?: readonly PlatformSetting[];
  /** Called when the house is about to listen at its port. */
  beforeListening?: () => Promise<void>;
}

/** Puts the house together and opens it, unless another serves the same SQLite file. */
export async function startService(environment: Environment, world: World): Promise<Service> {
  const onlyOne = await onlyOneAt(environment.databaseUrl);
  try {
    const service = await openService(environment, world);
    return { ...service, stop: () => service.stop().finally(() => onlyOne.release()) };
  } catch (fault) {
    onlyOne.release();
    throw fault;
  }
}

async function openService(environment: Environment, world: World): Promise<Service> {
  const sealBroken = tellOperator(world.log);
  const store = await openStore(environment, world.ledgers ?? allLedgers, { sealBroken });
  try {
    return await openHouse(environment, store, world);
  } catch (fault) {
    await store.database.close();
    throw fault;
  }
}

async function openHouse(environment: Environment, store: Store, world: World): Promise<Service> {
  const { log } = world;
  const { lead } = store.database;
  const advance: Advance = (to, move) => goForward(delivery, timetable, to, move);
  const { platforms, now } = await openPlatforms(environment, store, world, advance);
  const pages = pagesAt(environment, store.rules, platforms, () => address);
  const house: House = {
    store,
    handlers: handlersFor(store.ledgers),
    platforms,
    now,
    log,
    wake: () => (lead.isOurs ? delivery.kick() : lead.call()),
    ...(pages && { pagesAt: pages }),
  };
  const clock = keepTime(house, () => timetable.setAnew());
  const answers = openLane(house, 'answers');
  const delivery = together([clock, answers, openLane(house, 'notices'), keepCardsTrue(house)]);
  const inbox = openInbox({ ...house, takeAnswers: answers.takeWith }, delivery.kick);
  lead.onCall(() => {
    inbox.kick();
    delivery.kick();
  });
  const tally = openJobTally(jobs.map(({ name }) => name));
  const ran = (job: string, isWell: boolean) => {
    tally.ran(job, isWell);
    house.wake();
  };
  const ticking = await openTicking(environment, log);
  const timetable = scheduler(house, jobs, ran, ticking, backupsOf(environment, house));
  if (environment.localChat && !environment.lark && !environment.wechat) await loadSample(store, now());
  const server = await openServer(environment, house, tally);
  await world.beforeListening?.();
  const address = await listen(server, environment.host, environment.port);
  const doors = openDoors(platforms, openReceivers(house, inbox));
  await doors.open(({ isHeldByOne }) => !isHeldByOne);
  warnOfWhatIsMissing(house);
  const { lost } = await onceLost(house, async () => {
    // On a file there is one service: whoever took something to send has ended.
    if (!isPostgresql(environment.databaseUrl)) await endLeases(store, now());
    await doors.open(({ isHeldByOne }) => isHeldByOne === true);
    inbox.kick();
    await timetable.askAll();
    delivery.kick();
  });
  await timetable.start();
  return {
    address,
    lost,
    localChat: environment.localChat,
    platforms: platforms.map(({ name }) => name),
    async idle() {
      await inbox.idle();
      await delivery.run();
    },
    async stop() {
      await close(server);
      await timetable.stop();
      await inbox.stop();
      await delivery.stop();
      await doors.close();
      await store.database.close();
    },
  };
}

/** What was due before the clock moves on goes out before it does. */
async function goForward(
  delivery: Worker,
  timetable: Scheduler,
  to: Date,
  move: (at: Date) => Promise<void>,
): Promise<RanJob[]> {
  const deliverThenMove = async (at: Date) => {
    await delivery.run();
    await move(at);
  };
  const ran = await timetable.catchUp(to, deliverThenMove);
  await deliverThenMove(to);
  await delivery.run();
  return ran;
}

async function openServer(environment: Environment, house: House, jobs: JobTally) {
  const { store, platforms, now, log } = house;
  const { databaseUrl, trustedProxies } = environment;
  const lastBackup = async () => (await backupState(store.database.rows)).last;
  const endpoints = [
    ...operationsEndpoints({ store, platforms, now, databaseUrl, jobs, lastBackup }),
    ...platforms.flatMap((platform) => platform.endpoints),
    ...(await visitEndpoints(house)),
  ];
  return webServer(endpoints, log, { limits: store.rules.limits, trustedProxies });
}

/** Platforms, each opened once. */
function openDoors(platforms: readonly ChatPlatform[], receiverOf: (platform: ChatPlatform) => Receiver) {
  const opened: ChatPlatform[] = [];
  return {
    async open(which: (platform: ChatPlatform) => boolean): Promise<void> {
      for (const platform of platforms.filter(which)) {
        await platform.start(receiverOf(platform));
        opened.push(platform);
      }
    },
    async close(): Promise<void> {
      for (const platform of opened) await platform.stop();
    },
  };
}

/**
 * Begins what only one instance does as soon as it is this one's: at once where it is alone or the first.
 * @returns what resolves when it is another's again
 */
async function onceLost({ store, log }: House, begin: () => Promise<void>): Promise<{ lost: Promise<void> }> {
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  let isFirst = true;
  await store.database.lead.follow(async (leads) => {
    if (!leads) return lose();
    if (isFirst) return begin();
    log.info('this instance takes over');
    await begin().catch((fault) => {
      log.error({ err: fault }, 'what the leading instance does cannot begin');
      lose();
    });
  });
  isFirst = false;
  return { lost };
}

/** Made beside the jobs, where the rules name a folder for them. */
const backupsOf = (environment: Environment, { store, log, wake }: House): Beside =>
  scheduledBackups({
    store,
    log,
    recorded: wake,
    make: inOwnProcess(environment),
    // It is told over any platform: none of them is away.
    tell: (rows, told) => tellAdministrators(store, rows, { ...told, platform: '', job: 'backup-alarm' }),
  });

async function openTicking({ databaseUrl }: Environment, log: Logger): Promise<Ticking> {
  if (!isPostgresql(databaseUrl)) return tickingAlone();
  return (await import('./jobs/shared-ticking.ts')).sharedTicking(databaseUrl, log);
}

const tellOperator =
  (log: Logger): Store['sealBroken'] =>
  (record, why) =>
    log.error({ record, why }, 'sealed content does not open: see qinglian verify');
