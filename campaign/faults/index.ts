import { clock } from './clock.ts';
import { damagedPage } from './damaged-page.ts';
import { databaseRestart } from './database-restart.ts';
import type { Fault } from './define.ts';
import { diskFull } from './disk-full.ts';
import { killed } from './kill.ts';
import { locked } from './locked.ts';
import { memory } from './memory.ts';
import { platformCut } from './platform-cut.ts';
import { platformSlow } from './platform-slow.ts';
import { readOnlyDisk } from './read-only-disk.ts';
import { twoServices } from './second-on-one-file.ts';

/** All that goes wrong, in the order in which it is brought about. */
export const faults: readonly Fault[] = [
  killed,
  diskFull,
  readOnlyDisk,
  locked,
  damagedPage,
  databaseRestart,
  platformCut,
  platformSlow,
  clock,
  twoServices,
  memory,
];
