import type { RawValues } from '../ledger/form.ts';
import type { Content } from '../ledger/message.ts';
import type { Address } from '../ledger/outbox.ts';

/** A chat platform: it translates, the rest of the house decides. */
export interface ChatPlatform {
  readonly name: string;
  /**
   * `bound`: an account belongs to somebody only once it was bound to him.
   * `everybody`: everybody has an account here, and its id is the person's id.
   */
  readonly accounts: 'bound' | 'everybody';
  readonly capabilities: Capabilities;
  /** The service is ready without it: too unreliable for anything to depend on. */
  readonly isExtra?: true;
  /** It has a connection of which only one instance may have one: the others leave it alone. */
  readonly isHeldByOne?: boolean;
  /** What the web server is to hand to this platform. */
  readonly endpoints: readonly Endpoint[];
  start(receiver: Receiver): Promise<void>;
  stop(): Promise<void>;
  /** Whether it can receive and send now. */
  ready(): boolean;
  /** What somebody has to mend, in English, for operators; without names and content. */
  problem?(): string | undefined;
  /** For how long it knows a message's id; absent: for ever. */
  readonly remembersIdsForMs?: number;
  /**
   * Sends a message. A second call with the same id sends nothing more, for as long as the platform remembers it.
   * @throws SendFailure when the platform refuses; any other error counts as passing
   */
  send(message: OutgoingMessage): Promise<Sent>;
  /**
   * Shows something else in a message that was sent; absent where a platform cannot.
   * @throws SendFailure when the platform refuses; any other error counts as passing
   */
  update?(message: ShownMessage): Promise<Updated>;
  /**
   * A file that the platform holds; absent where it holds none.
   * @param source of an `InboundFile`
   * @returns `too-large` as soon as it is seen to have more bytes than that
   * @throws SendFailure when the platform refuses; any other error counts as passing
   */
  fetchFile?(source: Readonly<Record<string, string>>, wanted: FileWanted): Promise<Buffer | 'too-large'>;
}

/** What people can do there. What an optional method of the platform tells is not told here again. */
export interface Capabilities {
  /** `asked`: it shows no forms, so that they are asked question by question (bot/dialogue/). */
  readonly forms: 'shown' | 'asked';
  /** `typed`: its messages say beside each button which words do the same. */
  readonly buttons: 'pressed' | 'typed';
  /** The bot can be spoken to where others read along. */
  readonly groups?: true;
  /** People can send files to the bot. */
  readonly files?: true;
}

export interface FileWanted {
  maxBytes: number;
  /** Nobody waits for it any longer. */
  signal: AbortSignal;
}

export interface OutgoingMessage {
  id: string;
  address: Address;
  content: Content;
  /** Somebody waits for it: it goes before what nobody asked for. */
  isAnswer: boolean;
}

export interface Sent {
  /** What the platform calls the message. */
  messageId: string;
}

/** A message that stands in somebody's chat, and what it is to show from now on. */
export interface ShownMessage {
  messageId: string;
  address: Address;
  sentAt: Date;
  content: Content;
}

/** `too-old`: the platform changes it no more, a new message may take its place; `gone`: it was taken back or deleted. */
export type Updated = 'updated' | 'too-old' | 'gone';

/** The platform said no. */
export class SendFailure extends Error {
  /** Trying again cannot help. */
  readonly lasting: boolean;
  /** It takes nothing for so long: the message was not refused, and this was no attempt. */
  readonly waitMs: number | undefined;
  /** Nothing reaches this account any more, whatever is sent to it. */
  readonly unreachable: boolean = false;
  /** Nobody knows whether the message went out. */
  readonly uncertain: boolean = false;

  /** @param reason in English, without names and content */
  constructor(reason: string, lasting: boolean, waitMs?: number) {
    super(reason);
    this.name = 'SendFailure';
    this.lasting = lasting;
    this.waitMs = waitMs;
  }
}

/** What came in, in the house's own terms: a message, a button that was pressed, a form that was sent, a chat that was opened. */
export interface Inbound {
  /** An action is answered at once, a message by a message; somebody who opens the chat is greeted once. */
  kind: 'message' | 'action' | 'entered';
  /** Platform and the vendor's message or event id: a redelivery has the same. */
  key: string;
  platform: string;
  /** The account that spoke. */
  account: string;
  /** The group it was said in; absent in a private chat. */
  group?: string;
  /** What was typed, or the line that stands for the button. */
  text: string;
  at: Date;
  /** What a form was sent with; a field that is missing was left empty. */
  form?: RawValues;
  /** Fields that the platform could not show: what was typed into them before stays. */
  kept?: readonly string[];
  /** What was sent instead of text, such as 位置: it cannot be read. */
  unreadable?: string;
  /** A file that was sent: an image, a document, a voice message. */
  file?: InboundFile;
  /** What the platform calls the message whose button was pressed. */
  messageId?: string;
  /** It came from a page of the house's own, where what is confidential may be shown; the chat is told what it would be told. */
  onPage?: true;
}

export interface InboundFile {
  /** As the sender calls it. */
  name: string;
  /** Bytes, as far as the platform says. */
  size?: number;
  /** What the platform needs to know to hand it out, where it holds it itself. */
  source?: Readonly<Record<string, string>>;
  /** The attachment that it is kept as, as soon as it was received. */
  keptAs?: string;
  /** Why it was not taken, as a sentence for who sent it. */
  refused?: string;
}

/** The answer to an action: a short line, and what the card is to show from now on. */
export interface ActionAnswer {
  toast?: string;
  /** The toast says why nothing was done. */
  refused?: boolean;
  /** The toast says that there is no result yet. */
  pending?: boolean;
  card?: Content;
}

export interface Receiver {
  /** Resolves once the message is stored durably: it may be acknowledged then. The answer comes by `send`. */
  message(inbound: Inbound): Promise<void>;
  /** Something was recorded that people may have to be told of. */
  recorded(): void;
  /** Carries the action out and answers it. */
  action(inbound: Inbound): Promise<ActionAnswer>;
}

/** An address of the platform's own on the house's web server. */
export interface Endpoint {
  method: 'GET' | 'POST';
  path: string;
  /** The largest body that is handed over; a larger one is answered 413. */
  maxBytes?: number;
  /**
   * Whoever may call proves it in each request: a call with a proof is held to a limit of its own, one without, or with a wrong
   * one (answered 400, 401, 413), to that of any address. @returns whether something stands in it that may be a proof
   */
  claimsProof?(request: Pick<EndpointRequest, 'headers'>): boolean;
  /** What a larger one is answered instead, where a person reads it. */
  tooLarge?: EndpointReply;
  /** Asked before any of the body is read. @returns the answer where it is not to be read */
  refuses?(request: Omit<EndpointRequest, 'body'>): Promise<EndpointReply | undefined>;
  handle(request: EndpointRequest): Promise<EndpointReply>;
  /**
   * Called once for each request that was not refused, when it is over, however it ended: answered, cut short, in a fault.
   * @param request the same object that `refuses` was asked about
   */
  ended?(request: Omit<EndpointRequest, 'body'>): void;
}

export interface EndpointRequest {
  /** Under which it stands in the log, and which the answer names; absent where no web server took it in. */
  id?: string;
  /** What stood in the places that the path names, such as `:secret`. */
  params?: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it came, for signatures. */
  body: Buffer;
}

export interface EndpointReply {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Readonly<Record<string, string>>;
}
