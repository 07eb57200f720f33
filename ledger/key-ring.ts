import { createHmac, createSecretKey } from 'node:crypto';
import { keyIdOf, rewrapped, type SealingKey, sealBytes, unsealBytes } from './seal.ts';

/** What seals and opens. What was sealed names its key, so that a ring of several can open it. */
export interface SealingKeys {
  /** The key that seals from now on: eight hexadecimal digits. */
  readonly id: string;
  /** Every key at hand. */
  readonly ids: readonly string[];
  /**
   * Seals the JSON of `value`. `about` names the one place where the result belongs (such as `entry/<id>`); it is bound
   * in, so that sealed bytes moved elsewhere do not open.
   */
  seal(value: unknown, about: string): Uint8Array<ArrayBuffer>;
  /** @throws SealBroken when the bytes were changed, moved, or sealed with a key that is not on the ring */
  unseal<T>(sealed: Uint8Array, about: string): T;
  /** The same for bytes as they are, such as a file's or a secret's. */
  sealBytes(plain: Uint8Array, about: string): Uint8Array<ArrayBuffer>;
  /** @throws SealBroken likewise */
  unsealBytes(sealed: Uint8Array, about: string): Uint8Array;
  /**
   * The value under the present key; absent: it is already.
   * @throws SealBroken when it does not open
   */
  rewrapped(sealed: Uint8Array, about: string): Uint8Array<ArrayBuffer> | undefined;
}

/** The keys of an installation. */
export interface KeyRing extends SealingKeys {
  /** A keyed hash: equal for equal texts, and not to be guessed without the key. It outlasts every rotation. */
  mark(text: string): string;
}

/** The keys at one time. */
export interface KeySet {
  readonly keys: readonly SealingKey[];
  /** One of them. */
  readonly current: SealingKey;
}

/** Where the keys come from: they may change while the program runs. */
export interface KeySource {
  /** As they are now, or a moment ago. */
  present(): KeySet;
  /** Looked up anew, because one is missing. */
  anew(): KeySet;
}

export function sealingKeys(source: KeySource): SealingKeys {
  const find = (id: string) => byId(source.present(), id) ?? byId(source.anew(), id);
  const seal = (plain: Uint8Array, about: string) => sealBytes(source.present().current, plain, about);
  const unseal = (sealed: Uint8Array, about: string) => unsealBytes(find, sealed, about);
  return {
    get id() {
      return source.present().current.id;
    },
    get ids() {
      return source.present().keys.map(({ id }) => id);
    },
    seal: (value, about) => seal(Buffer.from(JSON.stringify(value)), about),
    unseal: (sealed, about) => JSON.parse(Buffer.from(unseal(sealed, about)).toString('utf8')),
    sealBytes: seal,
    unsealBytes: unseal,
    rewrapped(sealed, about) {
      const { current } = source.present();
      return keyIdOf(sealed) === current.id ? undefined : rewrapped(find, current, sealed, about);
    },
  };
}

const byId = ({ keys }: KeySet, id: string) => keys.find((key) => key.id === id);

/** Every look at an entry asks for the mark of who looks: a bureau's people fit. */
const MOST_MARKS = 20_000;

/** @param marking the key behind the marks */
export function keyRing(keys: SealingKeys, marking: Uint8Array): KeyRing {
  const markingKey = createSecretKey(marking);
  const marks = new Map<string, string>();
  const made = (text: string): string => {
    const mark = createHmac('sha256', markingKey).update(text).digest('base64url');
    if (marks.size >= MOST_MARKS) marks.clear();
    marks.set(text, mark);
    return mark;
  };
  return {
    get id() {
      return keys.id;
    },
    get ids() {
      return keys.ids;
    },
    seal: keys.seal,
    unseal: keys.unseal,
    sealBytes: keys.sealBytes,
    unsealBytes: keys.unsealBytes,
    rewrapped: keys.rewrapped,
    mark: (text) => marks.get(text) ?? made(text),
  };
}
