import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openMessagesInLine } from '../bot/messages-in-line.ts';
import { servedMetrics } from '../web/served-metrics.ts';
import { projectFile } from './project-file.ts';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string };
}

let rules: Rule[];
let expressions: string[];
let served: Set<string>;

/** Every word of an expression that a metric's name could be. */
const metricsIn = (expression: string): string[] =>
  expression.match(/\b(?:qinglian|nodejs|process)_[a-z0-9_]+/g) ?? [];

beforeAll(async () => {
  const file = parse(await projectFile('deploy/prometheus-alerts.yaml')) as { groups: { rules: Rule[] }[] };
  rules = file.groups.flatMap((group) => group.rules);
  const board = JSON.parse(await projectFile('deploy/grafana-dashboard.json')) as {
    panels: { targets: { expr: string }[] }[];
  };
  expressions = board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const inLine = await openMessagesInLine();
  const metrics = await servedMetrics(inLine.bureau.service.address);
  served = new Set([...metrics.keys()].map((key) => key.replace(/\{.*/, '')));
  await inLine.close();
});

describe('the alerts and the board', () => {
  it('ask for metrics that the program serves, and for no other', () => {
    const asked = [...rules.map(({ expr }) => expr), ...expressions].flatMap(metricsIn);
    expect(asked.length).toBeGreaterThan(40);
    expect([...new Set(asked)].filter((name) => !served.has(name))).toEqual([]);
  });

  it('leave none of its own metrics unlooked at', () => {
    const asked = new Set([...rules.map(({ expr }) => expr), ...expressions].flatMap(metricsIn));
    const own = [...served].filter((name) => name.startsWith('qinglian_'));
    expect(own.length).toBeGreaterThan(12);
    expect(own.filter((name) => !asked.has(name))).toEqual([]);
  });

  it('ask for states and outcomes that there are', () => {
    const all = [...rules.map(({ expr }) => expr), ...expressions].join('\n');
    const values = [...all.matchAll(/(?:state|outcome)="(\w+)"/g)].map(([, value]) => value);
    expect([...new Set(values)].sort()).toEqual(['dead', 'fault', 'held_up', 'waiting']);
  });
});

describe('each alert', () => {
  it('has a name of its own, a weight and a sentence', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations } of rules) {
      expect(['critical', 'warning'], alert).toContain(labels.severity);
      expect(annotations.summary, alert).toMatch(/\.$/);
    }
  });

  it('stands in docs/operating.md with what to do, and none stands there that is no alert', async () => {
    const told = [
      ...(await projectFile('docs/operating.md')).matchAll(/^\| `(Qinglian\w+)` \| .{20,} \|$/gm),
    ];
    expect(told.map(([, name]) => name).sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });
});
