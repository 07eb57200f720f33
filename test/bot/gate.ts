export interface Gate {
  /** Kept when the gate is opened. */
  opened: Promise<void>;
  open(): void;
}

/** A promise that the test keeps. */
export function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
