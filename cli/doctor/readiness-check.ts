import * as z from 'zod';
import { type Check, failure, ok, warning } from '../../bot/lark/doctor/check.ts';
import type { Environment } from '../../config/environment.ts';

const TIMEOUT_MS = 3000;
const readySchema = z.object({ ready: z.boolean(), problems: z.array(z.string()).default([]) });

/** 服务: whether the service runs on this machine, and what it says of itself. */
export const readinessCheck = ({ host, port }: Environment): Check => ({
  title: '服务',
  async run() {
    // A port that the system chooses is known to the service only.
    if (port === 0) return [];
    const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    const address = `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
      .then((response) => response.json())
      .catch(() => undefined);
    const read = readySchema.safeParse(answer).data;
    if (!read) return [warning(`${address} 没有服务在运行`, '启动服务：npm start。')];
    const problems = read.problems.map((problem) => warning(`服务说：${problem}`));
    if (read.ready) return [ok(`${address} 在运行，可以收发`), ...problems];
    return [
      failure(`${address} 在运行，还不能收发`, '刚启动的，等半分钟再体检；否则先解决上面的各项。'),
      ...problems,
    ];
  },
});
