import { mkdirSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/** How long the thread is watched before what was compiled is written: that takes a part of a second, in which nobody is heard. */
const WATCHED_MS = 2000;
/** Busy for less of that time, it is quiet. */
const QUIET = 0.02;

/**
 * Has Node keep what it compiled, in a folder that only the owner may write: whoever could write there could have the
 * program run what he likes. NODE_COMPILE_CACHE names another; where none can be made, the start takes longer.
 */
export function keepCompiled(variables: NodeJS.ProcessEnv): void {
  if (variables.NODE_COMPILE_CACHE || variables.NODE_DISABLE_COMPILE_CACHE) return;
  const folder = join(variables.DATA_DIR || './data', 'compiled');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    enableCompileCache(folder);
  } catch {
    // What cannot be made there is said by whoever needs it.
  }
}

/** Writes it as soon as nobody writes: a life that ends without a word helps the next one too. A proper end writes it in any case. */
export function writeCompiledWhenQuiet(): void {
  const before = performance.eventLoopUtilization();
  const look = (): void => {
    const { utilization } = performance.eventLoopUtilization(performance.eventLoopUtilization(), before);
    if (utilization < QUIET) flushCompileCache();
    else writeCompiledWhenQuiet();
  };
  setTimeout(look, WATCHED_MS).unref();
}
