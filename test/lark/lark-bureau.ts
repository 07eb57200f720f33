import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { stringify } from 'yaml';
import { larkSetting } from '../../bot/lark/lark.ts';
import { ChatClient, type ChatMessage } from '../../bot/local/chat-client.ts';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Content } from '../../ledger/message.ts';
import { openStore } from '../../open-store.ts';
import { startService, type World } from '../../start.ts';
import { type Bureau, type BureauOptions, declaredBy, START, tickingFrom } from '../bureau.ts';
import { layOutSample } from '../laid-out-sample.ts';
import { calledBack, sendsForm } from './called-back.ts';
import { larkVariables } from './lark-variables.ts';
import { buttonsIn, type People, seenContent, typedForm } from './seen-content.ts';
import { newId } from './stand-in/ids.ts';
import { openStandIn, type SeenMessage, type StandIn, type StandInOptions } from './stand-in/stand-in.ts';

export interface LarkBureau extends Bureau {
  readonly standIn: StandIn;
  openIdOf(name: string): string;
  /** What the button with that line on the person's card calls back with. */
  valueOn(name: string, messageId: string, action: string): object;
}

export interface LarkBureauOptions extends BureauOptions {
  standIn?: StandInOptions;
}

/** No test waits for its turn; the platform itself is as fast. */
const WIDE = { perSecond: 1000, perMinute: 60_000, perPerson: 100, perGroup: 100, perCard: 100 };
const WIDE_RULES = {
  lark: { callsPerSecond: 1000, callsPerMinute: 60_000, messagesPerSecond: 100 },
  limits: { messagesPerMinute: 10_000 },
};

/** The sample bureau in a tenant of its own: the real program, the real SDK, and a stand-in of the platform. */
export async function openLarkBureau(
  transport: 'lark-websocket' | 'lark-webhook',
  options: LarkBureauOptions = {},
): Promise<LarkBureau> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-lark-'));
  const tick = options.world?.now ?? tickingFrom(options.at ?? START);
  let shiftMs = 0;
  const now = () => tick().getTime() + shiftMs;
  const standIn = await openStandIn({ limits: WIDE, now, ...options.standIn });
  await writeFile(join(folder, 'rules.yaml'), stringify({ ...WIDE_RULES, ...options.rules }));
  const environment = readEnvironment({
    DATA_DIR: folder,
    PORT: '0',
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
    LOCAL_CHAT: 'on',
    ...larkVariables(standIn),
    LARK_TRANSPORT: transport.slice('lark-'.length),
  });
  await layOutSample(environment, options.world?.now?.() ?? new Date(options.at ?? START));
  const members = await fillTenant(environment, standIn);
  const group = standIn.directory.addGroup({ members: [...members.values()].map(({ openId }) => openId) });
  const world: World = { log: pino({ level: 'silent' }), ...options.world, now: tick };
  const start = async () => {
    const started = await startService(environment, world);
    if (transport === 'lark-webhook') standIn.pushTo(`${started.address}/webhook/lark`);
    await untilBound(environment, members.size);
    await until(() => transport === 'lark-webhook' || standIn.connections > 0);
    return started;
  };
  let service = await start();
  let chat = new ChatClient(service.address);
  const seen = new Map<string, string>();
  const member = (name: string) => {
    const found = members.get(name);
    if (!found) throw new Error(`Nobody in the sample bureau is called ${name}`);
    return found;
  };
  const people = peopleOf([...members.values()]);

  const bureau: LarkBureau = {
    folder,
    environment,
    standIn,
    get service() {
      return service;
    },
    async declared() {
      const store = await openStore(environment, ledgers);
      const platform = await larkSetting(environment, store, world.now, world.log);
      await platform?.stop();
      await store.database.close();
      if (!platform) throw new Error('No app is configured');
      return declaredBy(platform);
    },
    idOf: (name) => member(name).id,
    openIdOf: (name) => member(name).openId,
    valueOn(name, messageId, action) {
      const message = standIn.messages(member(name).openId).find((each) => each.messageId === messageId);
      return message ? calledBack(message, action) : { line: action };
    },
    async say(name, text, said) {
      await standIn.say(member(name).openId, text, said?.group ? { group: group.chatId } : {});
      await service.idle();
      return bureau.read(name);
    },
    async leave(name, text) {
      await standIn.say(member(name).openId, text);
    },
    async sayTwice(name, text) {
      const once = { messageId: newId('om_'), eventId: newId() };
      for (let times = 0; times < 2; times += 1) {
        await standIn.say(member(name).openId, text, once);
        await service.idle();
      }
      return bureau.read(name);
    },
    async strangerSays(text) {
      const { openId } = standIn.directory.addPerson({ name: '路人', departments: [] });
      await standIn.say(openId, text);
      await service.idle();
      return standIn.messages(openId).map(({ content }) => JSON.stringify(content));
    },
    async sendFile(name, file, said) {
      const key = `file_v3_${standIn.files.size}`;
      standIn.files.set(key, Buffer.from(file.bytes));
      const content = { file_key: key, file_name: file.name };
      const where = said?.group ? { group: group.chatId, mentions: [standIn.botOpenId] } : {};
      await standIn.sendOther(member(name).openId, 'file', { content, ...where });
      await service.idle();
      return bureau.read(name);
    },
    async act(name, messageId, action, form) {
      const { openId } = member(name);
      const message = standIn.messages(openId).find((each) => each.messageId === messageId);
      const isThere = message && buttonsIn(message.content as object).some((each) => each.action === action);
      const value = message && isThere ? calledBack(message, action) : { line: action };
      const pressed = await standIn.press(openId, messageId, value, {
        stale: message !== undefined && !isThere,
        ...(form &&
          message &&
          sendsForm(message.content, action) && {
            form: typedForm(message.content as object, form, people),
            unchecked: true,
          }),
      });
      await service.idle();
      if (pressed.error) throw new Error(`The platform showed ${pressed.error}: ${pressed.reason}`);
      return {
        ...(pressed.toast && { toast: pressed.toast.content }),
        ...(pressed.card && { card: seenContent(pressed.card, people) }),
      };
    },
    async read(name) {
      const { openId } = member(name);
      const messages = [...standIn.messages(openId), ...standIn.messages(group.chatId)];
      const changed = messages.filter((message) => {
        const stands = JSON.stringify(message.content);
        const isNew = seen.get(`${openId} ${message.messageId}`) !== stands;
        seen.set(`${openId} ${message.messageId}`, stands);
        return isNew;
      });
      return changed
        .toSorted((a, b) => a.sentAt - b.sentAt)
        .map((message, seq) => asChatMessage(message, seq, seenContent(message.content as object, people)));
    },
    async moveClock(to) {
      await chat.moveClock(to);
      shiftMs += Date.parse(to) - now();
      await service.idle();
    },
    get: (path) => chat.get(path),
    post: (path, body) => chat.post(path, body),
    async restart() {
      await service.stop();
      service = await start();
      chat = chat.movedTo(service.address);
    },
    async close() {
      await service.stop();
      await standIn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return bureau;
}

const asChatMessage = ({ messageId, sentAt }: SeenMessage, seq: number, content: Content): ChatMessage => ({
  seq,
  messageId,
  at: new Date(sentAt).toISOString(),
  from: 'bot',
  content,
});

interface Member {
  id: string;
  name: string;
  openId: string;
}

/** The sample's people in the record, with their roles, and the same people in the tenant, by their staff numbers. */
async function fillTenant(environment: Environment, { directory }: StandIn): Promise<Map<string, Member>> {
  const store = await openStore(environment, ledgers);
  const { rows } = store.database;
  const departments = new Map<string, string>();
  for (const { id, name } of await rows.department.findMany()) {
    departments.set(id, directory.addDepartment({ name }).openDepartmentId);
  }
  const members = new Map<string, Member>();
  for (const { id, name, staffNumber, departmentId, post, isHead } of await rows.person.findMany()) {
    const department = departments.get(departmentId) ?? '0';
    const { openId } = directory.addPerson({
      name,
      employeeNo: staffNumber,
      jobTitle: post,
      departments: [department],
    });
    const known = directory.departments.get(department);
    if (isHead && known) known.leader = openId;
    members.set(name, { id, name, openId });
  }
  await store.database.close();
  return members;
}

async function untilBound(environment: Environment, count: number): Promise<void> {
  const store = await openStore(environment, ledgers);
  await until(async () => (await store.database.rows.account.count()) === count);
  await store.database.close();
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error('What was waited for did not come');
    await wait(20);
  }
}

function peopleOf(members: readonly Member[]): People {
  const byOpenId = new Map(members.map((each) => [each.openId, each]));
  const byId = new Map(members.map((each) => [each.id, each]));
  return {
    personIdOf: (openId) => byOpenId.get(openId)?.id ?? openId,
    openIdOf: (personId) => byId.get(personId)?.openId ?? personId,
    nameOf: (personId) => byId.get(personId)?.name ?? personId,
  };
}
