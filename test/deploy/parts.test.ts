import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectFile, ROOT } from './project-file.ts';

/** What is started in a bureau; what these start as processes of their own is found in them. */
const PROGRAMS = ['main.ts', 'cli/qinglian.ts', 'bot/wechat/child/child.ts'];

let dockerfile: string;
let ignored: string;
let settings: string[];

beforeAll(async () => {
  dockerfile = await projectFile('deploy/Dockerfile');
  ignored = await projectFile('.dockerignore');
  const listed = await projectFile('.env.example');
  settings = [...listed.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
  const read = await projectFile('config/environment.ts');
  settings.push(...[...read.matchAll(/^ {2}([A-Z][A-Z_]+): z\b/gm)].map(([, name = '']) => name));
});

/** What a file loads or starts, as far as it is the project's own. */
const LOADS =
  /^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)'|\bimport\('(\.[^']+)'\)|\bnew URL\('([\w./-]+\.ts)', import\.meta\.url\)/gm;

/** Rooms and root files that the programs load. */
async function loaded(): Promise<string[]> {
  const seen = new Set<string>();
  const waiting = [...PROGRAMS];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path) || path.startsWith('prisma/generated/')) continue;
    seen.add(path);
    for (const [, ...named] of (await projectFile(path)).matchAll(LOADS))
      waiting.push(...named.flatMap((other) => (other ? [join(dirname(path), other)] : [])));
  }
  return [...new Set([...seen].map((path) => path.split('/')[0] ?? path))].sort();
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

const missing = async (paths: readonly string[]): Promise<string[]> => {
  const there = await Promise.all(paths.map((path) => exists(`${ROOT}${path}`)));
  return paths.filter((_, index) => !there[index]);
};

describe('the image', () => {
  const copied = () =>
    [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, names = '']) =>
      names.split(' ').slice(0, -1),
    );

  it('has everything that the programs load, and what it copies is there and not ignored', async () => {
    const parts = await loaded();
    expect(parts).toContain('sample');
    expect(parts.filter((part) => !copied().includes(part))).toEqual([]);
    expect(await missing(copied())).toEqual([]);
    const allowed = [...ignored.matchAll(/^!(.+)$/gm)].map(([, name]) => name);
    expect(copied().filter((path) => !allowed.includes(path.split('/')[0]))).toEqual([]);
  });

  it('takes in nothing that is secret', () => {
    expect(ignored.split('\n').filter((line) => line !== '' && !line.startsWith('#'))[0]).toBe('*');
    for (const secret of ['**/*.key', '**/*.db', '**/.env*']) expect(ignored).toContain(`\n${secret}\n`);
    expect(ignored).not.toMatch(/^!(?:data|test|\.env)/m);
  });

  it('runs as nobody in particular, stops as the program does and is asked whether it lives', async () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile).toMatch(/^STOPSIGNAL SIGTERM$/m);
    const [, path = ''] =
      /HEALTHCHECK[\s\S]*?127\.0\.0\.1:\$\{process\.env\.PORT\}(\/\w+)/.exec(dockerfile) ?? [];
    expect(await projectFile('web/operations.ts')).toContain(`path: '${path}'`);
    expect(dockerfile.indexOf('USER 1000')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
  });

  it('sets only what the program reads, and starts it as npm start does', async () => {
    const [, block = ''] = /^ENV ((?:.*\\\n)*.*)$/m.exec(dockerfile) ?? [];
    const names = [...block.matchAll(/(\w+)=/g)].map(([, name = '']) => name);
    const ofNode = ['NODE_ENV', 'NODE_COMPILE_CACHE', 'TMPDIR'];
    expect(names).toContain('DATA_DIR');
    expect(names.filter((name) => !settings.includes(name) && !ofNode.includes(name))).toEqual([]);
    const { scripts } = JSON.parse(await projectFile('package.json')) as { scripts: Record<string, string> };
    const [, entry = '[]'] = /^ENTRYPOINT (.+)$/m.exec(dockerfile) ?? [];
    const [, command = '[]'] = /^CMD (.+)$/m.exec(dockerfile) ?? [];
    expect([...JSON.parse(entry), ...JSON.parse(command)].join(' ')).toBe(scripts.start);
  });
});

interface Compose {
  services: Readonly<Record<string, ComposeService>>;
  secrets: Readonly<Record<string, { file: string }>>;
  volumes: object;
}

interface ComposeService {
  image: string;
  build?: { context: string; dockerfile: string };
  environment?: Readonly<Record<string, string>>;
  volumes?: string[];
  secrets?: (string | { source: string; target: string })[];
  ports?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  user?: string;
  healthcheck?: object;
}

describe.each(['deploy/compose.sqlite.yaml', 'deploy/compose.postgresql.yaml'])('%s', (path) => {
  let compose: Compose;
  beforeAll(async () => {
    compose = parse(await projectFile(path), { merge: true }) as Compose;
  });
  const services = () => Object.entries(compose.services);
  const instances = () => services().filter(([name]) => name.startsWith('qinglian'));

  it('gives every service a read-only file system, no rights and a bound of memory', () => {
    expect(instances()).toHaveLength(path.includes('postgresql') ? 2 : 1);
    for (const [name, service] of services()) {
      expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(service.security_opt, name).toEqual(['no-new-privileges:true']);
      expect(service.mem_limit, name).toMatch(/^\d+[mg]$/);
      // The image of the service asks by itself.
      expect(service.healthcheck !== undefined || service.build !== undefined, name).toBe(true);
    }
  });

  it('sets only what the program reads, and nothing that is secret', () => {
    for (const [name, { environment = {} }] of instances()) {
      expect(Object.keys(environment).length, name).toBeGreaterThan(0);
      expect(Object.keys(environment).filter((each) => !settings.includes(each))).toEqual([]);
    }
    for (const [name, { environment = {} }] of services())
      expect(
        Object.keys(environment).filter((each) => /SECRET|PASSWORD$|TOKEN|_KEY$|DATABASE_URL/.test(each)),
        name,
      ).toEqual([]);
  });

  it('names only secrets, volumes and files that there are', async () => {
    for (const [name, { secrets = [], volumes = [], build }] of services()) {
      const taken = secrets.map((each) => (typeof each === 'string' ? each : each.source));
      expect(
        taken.filter((each) => !(each in compose.secrets)),
        name,
      ).toEqual([]);
      const mounted = volumes
        .map((each) => each.split(':')[0] ?? '')
        .filter((each) => each !== './qinglian.yaml');
      const named = mounted.filter((each) => !each.startsWith('.'));
      expect(
        named.filter((each) => !(each in compose.volumes)),
        name,
      ).toEqual([]);
      expect(
        await missing(mounted.filter((each) => each.startsWith('.')).map((each) => `deploy/${each}`)),
      ).toEqual([]);
      if (build) expect(await missing([build.dockerfile])).toEqual([]);
    }
  });

  it('reaches the instances on the port that the image listens on, and none from outside', async () => {
    const [, port = ''] = /PORT=(\d+)/.exec(dockerfile) ?? [];
    for (const [, { ports = [] }] of instances())
      expect(ports.filter((each) => each !== `127.0.0.1:${port}:${port}`)).toEqual([]);
    if (!path.includes('postgresql')) return;
    const nginx = await projectFile('deploy/nginx.conf');
    const upstream = [...nginx.matchAll(/^\s+server (\S+):(\d+)/gm)].map(([, host, at]) => [host, at]);
    expect(upstream).toHaveLength(4);
    for (const [host = '', at] of upstream) {
      expect(Object.keys(compose.services)).toContain(host);
      expect(at).toBe(port);
    }
  });
});

describe('nginx', () => {
  it('passes on pages and the webhook only, and takes as much as the rules allow', async () => {
    const nginx = await projectFile('deploy/nginx.conf');
    const places = [...nginx.matchAll(/location (?:= )?(\S+) \{/g)].map(([, place]) => place);
    expect(places).toEqual(['/p/', '/webhook/lark', '/']);
    expect(await projectFile('bot/lark/receiving/webhook.ts')).toContain("path: '/webhook/lark'");
    const { files } = parse(await projectFile('qinglian.example.yaml')) as {
      files: { maxMegabytes: number; maxFiles: number };
    };
    expect(nginx).toContain(`client_max_body_size ${files.maxMegabytes * files.maxFiles + 1}m;`);
    expect(await projectFile('web/page/cookie.ts')).toContain("'qinglian-page'");
    expect(nginx).toContain('qinglian-page=');
    // An address under /p/ is a secret.
    expect(/log_format outcome '([^']*)'/.exec(nginx)?.[1]).not.toMatch(
      /\$(?:request|request_uri|uri|args)\b/,
    );
  });
});

describe('the unit of systemd', () => {
  it('sets only what the program reads, starts it as npm start does, and gives it time to stop', async () => {
    const unit = await projectFile('deploy/qinglian.service');
    const names = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name = '']) => name);
    expect(names).toContain('DATA_DIR');
    expect(
      names.filter((name) => !settings.includes(name) && !/^NODE_(?:ENV|COMPILE_CACHE)$/.test(name)),
    ).toEqual([]);
    const { scripts } = JSON.parse(await projectFile('package.json')) as { scripts: Record<string, string> };
    expect(/^ExecStart=\/usr\/bin\/(.+)$/m.exec(unit)?.[1]).toBe(scripts.start);
    const { delivery } = parse(await projectFile('qinglian.example.yaml')) as {
      delivery: { leaseSeconds: number };
    };
    const [, stop = '0'] = /^TimeoutStopSec=(\d+)s$/m.exec(unit) ?? [];
    expect(Number(stop)).toBeGreaterThan(delivery.leaseSeconds);
  });
});
