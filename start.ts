import type { Logger } from 'pino';
import { answerAction } from './bot/answer-action.ts';
import { openLane } from './bot/delivery.ts';
import type { House } from './bot/house.ts';
import { openInbox } from './bot/inbox.ts';
import { keepCardsTrue } from './bot/keep-cards-true.ts';
import { pagesAt, withoutPages } from './bot/pages-at.ts';
import { openPlatforms, type PlatformSetting } from './bot/platforms.ts';
import { together } from './bot/worker.ts';
import type { Environment } from './config/environment.ts';
import { handlersFor } from './handlers/index.ts';
import { jobs } from './jobs/index.ts';
import { type Scheduler, scheduler } from './jobs/scheduler.ts';
import { isBoundByCode } from './ledger/binding/by-code.ts';
import type { Ledger } from './ledger/define.ts';
import { ledgers as allLedgers } from './ledger/ledgers.ts';
import type { Store } from './ledger/store.ts';
import { unknownYear } from './ledger/unknown-year.ts';
import { openStore } from './open-store.ts';
import { loadSample } from './sample/load-sample.ts';
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
}

/** Puts the house together and opens it. */
export async function startService(environment: Environment, world: World): Promise<Service> {
  const { log } = world;
  const sealBroken = tellOperator(log);
  const store = await openStore(environment, world.ledgers ?? allLedgers, { sealBroken });
  let timetable: Scheduler | undefined;
  const { platforms, now } = await openPlatforms(environment, store, world, async (to, move) => {
    // What was due before the clock moves on goes out before it does.
    const deliverThenMove = async (at: Date) => {
      await delivery.run();
      await move(at);
    };
    const ran = (await timetable?.catchUp(to, deliverThenMove)) ?? [];
    await deliverThenMove(to);
    await delivery.run();
    return ran;
  });
  const wake = () => delivery.kick();
  const pages = pagesAt(environment, store.rules, platforms, () => address);
  const house: House = {
    store,
    handlers: handlersFor(store.ledgers),
    platforms,
    now,
    log,
    wake,
    ...(pages && { pagesAt: pages }),
  };
  const delivery = together([openLane(house, 'answers'), openLane(house, 'notices'), keepCardsTrue(house)]);
  const inbox = openInbox(house, delivery.kick);
  timetable = scheduler(house, jobs, delivery.kick);
  if (environment.localChat && !environment.lark && !environment.wechat) await loadSample(store, now());
  const endpoints = [
    ...operationsEndpoints(store, platforms),
    ...platforms.flatMap((platform) => platform.endpoints),
    ...(await visitEndpoints(house)),
  ];
  const server = webServer(endpoints, log);
  const address = await listen(server, environment.host, environment.port);
  for (const platform of platforms) {
    await platform.start({
      async message(inbound) {
        await inbox.store(inbound);
        inbox.kick();
      },
      action: (inbound) => answerAction(house, inbound),
      recorded: wake,
    });
  }
  warnOfWhatIsMissing(house);
  inbox.kick();
  await timetable.start();
  delivery.kick();
  return {
    address,
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
      for (const platform of platforms) await platform.stop();
      await store.database.close();
    },
  };
}

const tellOperator =
  (log: Logger): Store['sealBroken'] =>
  (record, why) =>
    log.error({ record, why }, 'sealed content does not open: see qinglian verify');

/** Once a start: until then, workdays are reckoned without 调休. */
function warnOfUnknownYear({ calendar }: Store, at: Date, log: Logger): void {
  const year = unknownYear(calendar, calendar.dateOf(at));
  if (year !== undefined)
    log.warn({ year }, 'the holidays of that year are not known yet: see qinglian doctor and rules.calendar');
}

/** What works, and not as somebody will expect it. */
function warnOfWhatIsMissing({ store, platforms, pagesAt, now, log }: House): void {
  warnOfUnknownYear(store, now(), log);
  const pageless = withoutPages(platforms, pagesAt);
  if (pageless.length > 0)
    log.warn(
      { platforms: pageless },
      'PUBLIC_URL is not set: people on these platforms get no links to pages, so nothing confidential can be filed or read there',
    );
  if (platforms.length > 0 && platforms.every(({ name }) => isBoundByCode(name)))
    log.warn(
      'WeChat is the only platform: no binding code can be asked for, so nobody can use it; configure Feishu as well',
    );
}
