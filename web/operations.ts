import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { ChatPlatform, Endpoint, EndpointReply } from '../bot/platform.ts';
import type { Store } from '../ledger/store.ts';

const json = (status: number, value: unknown): EndpointReply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

/** `GET /healthz`, `/readyz`, `/metrics`: for whoever operates the service; no names, no contents. */
export function operationsEndpoints(store: Store, platforms: readonly ChatPlatform[]): Endpoint[] {
  const metrics = metricsOf(store);
  return [
    { method: 'GET', path: '/healthz', handle: async () => json(200, { status: 'ok' }) },
    { method: 'GET', path: '/readyz', handle: () => readiness(store, platforms) },
    {
      method: 'GET',
      path: '/metrics',
      handle: async () => ({ status: 200, type: metrics.contentType, body: await metrics.metrics() }),
    },
  ];
}

async function readiness(store: Store, platforms: readonly ChatPlatform[]): Promise<EndpointReply> {
  const states = Object.fromEntries(platforms.map((platform) => [platform.name, platform.ready()]));
  const problems = platforms.flatMap(({ name, problem }) => {
    const said = problem?.();
    return said === undefined ? [] : [`${name}: ${said}`];
  });
  try {
    const waiting = await store.database.rows.outbox.count({ where: { state: 'waiting' } });
    const dead = await store.database.rows.outbox.count({ where: { state: 'dead' } });
    const ready = platforms.every((platform) => platform.isExtra || platform.ready());
    return json(ready ? 200 : 503, {
      ready,
      database: true,
      platforms: states,
      delivery: { waiting, dead },
      problems,
    });
  } catch {
    return json(503, { ready: false, database: false, platforms: states, problems });
  }
}

function metricsOf({ database: { rows } }: Store): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'qinglian_outbox_messages',
    help: 'Messages by delivery state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const state of ['waiting', 'sent', 'dead'])
        this.set({ state }, await rows.outbox.count({ where: { state } }));
    },
  });
  new Gauge({
    name: 'qinglian_inbox_messages',
    help: 'Messages that came in and are not settled yet',
    registers: [registry],
    async collect() {
      this.set(await rows.inbox.count());
    },
  });
  return registry;
}
