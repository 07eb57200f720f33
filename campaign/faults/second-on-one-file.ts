import { freePort, RunningProgram } from '../running-program.ts';
import { readiness, seenAtWork } from './at-work.ts';
import type { Fault } from './define.ts';

export const twoServices: Fault = {
  name: 'two-services',
  promised:
    'A second service on the same SQLite file ends at once with a sentence that says so, and the first goes on; after a kill the next starts at once.',
  inject: (run) =>
    seenAtWork(run, async ({ program, variables, chat }) => {
      const second = new RunningProgram({ ...variables, PORT: String(await freePort()) });
      second.start();
      const code = await second.ended();
      const said = second.log.join(' ');
      const broken = [
        ...(code === 1 ? [] : [`The second ended with ${code}, expected 1`]),
        ...(said.includes(`${variables.DATA_DIR}/qinglian.db`) ? [] : [`The second said: ${said}`]),
        ...((await readiness(chat)) === 200 ? [] : ['The first is not ready any more']),
      ];
      await program.kill();
      program.start();
      const servesAgainMs = await program.ready();
      return { servesAgainMs, broken, remarks: [`the second ended with ${code}`] };
    }),
};
