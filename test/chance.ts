import fc from 'fast-check';

// `npm test` tells the same stories every time, so that what passed here passes elsewhere; `npm run campaign:chance` tells
// others, and more of them.

const { CHANCE_SEED: seed = '20261122', CHANCE_TIMES: times = '1' } = process.env;

fc.configureGlobal({ seed: Number(seed) });

/** How many stories such a test tells that needs the whole program for each: in the campaign so many times as many. */
export const runs = (few: number): number => few * Number(times);
