import cron from 'node-cron';

/** Calls once a minute: of several instances one, whichever. */
export interface Ticking {
  start(tick: () => Promise<unknown>): Promise<void>;
  /** The clock went back: the next call comes within a minute all the same. Absent: it goes by no clock of this machine. */
  setAnew?(): Promise<void>;
  /** Resolves when no call is under way. */
  stop(): Promise<void>;
}

export const EVERY_MINUTE = '* * * * *';

/** Where this instance is the only one. */
export function tickingAlone(): Ticking {
  let task: ReturnType<typeof cron.createTask> | undefined;
  let call: () => Promise<unknown> = async () => undefined;
  const start = async () => {
    task = cron.createTask(EVERY_MINUTE, () => call(), { noOverlap: true });
    await task.start();
  };
  return {
    async start(tick) {
      call = tick;
      await start();
    },
    // It sleeps until a time that it reckoned before.
    async setAnew() {
      if (!task) return;
      await task.destroy();
      await start();
    },
    stop: async () => void (await task?.destroy()),
  };
}
