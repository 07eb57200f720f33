import { SendFailure } from '../platform.ts';
import type { Acquaintances, Login } from './acquaintances.ts';
import { openAnchoring } from './anchoring.ts';
import { openBinding } from './binding.ts';
import { openClaims } from './claims.ts';
import { learn, ofTheBureau, openList } from './contact-list.ts';
import type { AcquaintancesWorld, LoginParts } from './login-parts.ts';
import { openRemarks, type Remarks } from './remark.ts';

/** A moment at least, where what is waited for may come at any time. */
const MOMENT_MS = 1000;

/** Acquaintances who are known by a remark that the service signed and set. */
export function openAcquaintances(world: AcquaintancesWorld): Acquaintances {
  const remarks = openRemarks(world.store);
  let present = openLogin(world, remarks);
  present.end();
  return {
    get login() {
      return present;
    },
    turned(isOnline) {
      present.end();
      if (isOnline) present = openLogin(world, remarks);
    },
    async contactOf(account) {
      const found = present.contactOf(account);
      if (found === undefined) present.requireKnown();
      return found;
    },
    befriends: async () => true,
    stop: () => present.end(),
  };
}

interface OwnLogin extends Login {
  contactOf(account: string): string | undefined;
  /** @throws SendFailure as long as whoever is not known may only not be known yet */
  requireKnown(): void;
  end(): void;
}

function openLogin(world: AcquaintancesWorld, remarks: Remarks): OwnLogin {
  const { store, ticks, contactsWithinMs } = world;
  const untilAt = ticks() + contactsWithinMs;
  const claims = openClaims();
  const anchoring = openAnchoring({ ...world, pausesMs: world.remarkPausesMs });
  const list = openListWait(contactsWithinMs);
  let isOver = false;
  const parts: LoginParts = {
    ...world,
    claims,
    anchoring,
    remarks,
    becoming: new Set(),
    isPresent: () => !isOver,
  };
  const take = openList(parts);
  const bind = openBinding(parts);
  return {
    async met(contacts, last) {
      if (isOver) return;
      if (await take(contacts, last)) list.isHere();
    },
    async accountOf(contact) {
      await list.waited;
      if (!isOver) await learn(parts, contact);
      const account = claims.accountOf(contact.id);
      if (account === undefined || isOver) return undefined;
      if ((await ofTheBureau(store, [account])).has(account)) return account;
      claims.drop(contact.id);
      anchoring.insist(contact.id, '');
      return undefined;
    },
    async stranger(contact, said) {
      if (!isOver) await bind(contact, said);
    },
    contactOf: claims.contactOf,
    requireKnown() {
      const waitMs = untilAt - ticks();
      if (isOver || waitMs > 0)
        throw new SendFailure(
          'the contacts on WeChat are not known yet',
          false,
          Math.min(contactsWithinMs, Math.max(waitMs, MOMENT_MS)),
        );
      if (!list.isWhole) throw new SendFailure('the contacts on WeChat did not come', false);
    },
    end() {
      isOver = true;
      list.end();
      anchoring.end();
    },
  };
}

/** The list of contacts is waited for, but not for ever. */
function openListWait(withinMs: number) {
  let isWhole = false;
  let go = () => {};
  const waited = new Promise<void>((resolve) => {
    go = resolve;
  });
  const patience = setTimeout(() => go(), withinMs);
  patience.unref();
  return {
    waited,
    get isWhole() {
      return isWhole;
    },
    isHere() {
      isWhole = true;
      clearTimeout(patience);
      go();
    },
    end() {
      clearTimeout(patience);
      go();
    },
  };
}
