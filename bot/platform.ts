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
  /** What the web server is to hand to this platform. */
  readonly endpoints: readonly Endpoint[];
  start(receiver: Receiver): Promise<void>;
  stop(): Promise<void>;
  /** Whether it can receive and send now. */
  ready(): boolean;
  /**
   * Sends a message. A second call with the same id sends nothing more.
   * @throws SendFailure when the platform refuses; any other error counts as passing
   */
  send(message: { id: string; address: Address; content: Content }): Promise<void>;
}

/** The platform said no. */
export class SendFailure extends Error {
  /** Trying again cannot help. */
  readonly lasting: boolean;

  /** @param reason in English, without names and content */
  constructor(reason: string, lasting: boolean) {
    super(reason);
    this.name = 'SendFailure';
    this.lasting = lasting;
  }
}

/** What came in, in the house's own terms: a message, or a button that was pressed or a form that was sent. */
export interface Inbound {
  /** An action is answered at once, a message by a message. */
  kind: 'message' | 'action';
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
  /** What a form was sent with. */
  form?: RawValues;
  /** The line that shows the card anew, where the card has one. */
  refresh?: string;
}

/** The answer to an action: a short line, and what the card is to show from now on. */
export interface ActionAnswer {
  toast?: string;
  card?: Content;
}

export interface Receiver {
  /** Resolves once the message is stored durably: it may be acknowledged then. The answer comes by `send`. */
  message(inbound: Inbound): Promise<void>;
  /** Carries the action out and answers it. */
  action(inbound: Inbound): Promise<ActionAnswer>;
}

/** An address of the platform's own on the house's web server. */
export interface Endpoint {
  method: 'GET' | 'POST';
  path: string;
  handle(request: EndpointRequest): Promise<EndpointReply>;
}

export interface EndpointRequest {
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
