/**
 * Of several instances on one database one leads: it settles what came in, delivers what is to go out and holds the connections
 * of which there may be only one. Where it is lost, another takes over.
 */
export interface Lead {
  /** Whether this instance leads now. */
  readonly isOurs: boolean;
  /**
   * Asks for the lead until `close`; each change is told, one after the other: what it begins or ends is waited for.
   * @param change gets whether this instance leads now
   */
  follow(change: (leads: boolean) => Promise<void>): Promise<void>;
  /** Tells the instance that leads, if it is another, that there is something to do. */
  call(): void;
  /** What is to be done when another instance calls. */
  onCall(called: () => void): void;
  /** Gives the lead back, once what depends on it has ended. */
  close(): Promise<void>;
}

/** The lead of who is alone. */
export const alone: Lead = {
  isOurs: true,
  follow: (change) => change(true),
  call: () => undefined,
  onCall: () => undefined,
  close: async () => undefined,
};
