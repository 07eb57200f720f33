import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDirectHttp } from '../../bot/lark/calls/http.ts';
import { freePort, RunningProgram, type Variables } from '../../campaign/running-program.ts';
import { larkVariables } from './lark-variables.ts';
import { CERTIFICATE_FILE } from './stand-in/listen.ts';
import { openStandIn, type StandIn } from './stand-in/stand-in.ts';

// Feishu is always called over TLS. Here the stand-in shows a certificate that nobody knows but who is told, as a gateway of the bureau's would.

let standIn: StandIn;
let folder: string;
/** With nothing in it, in place of the machine's own. */
let certificates: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-tls-'));
  certificates = join(folder, 'certificates');
  await mkdir(certificates);
  standIn = await openStandIn({ overTls: true });
});

afterAll(async () => {
  await standIn.close();
  await rm(folder, { recursive: true });
});

async function running(trusted: string): Promise<RunningProgram> {
  const variables: Variables = {
    PORT: String(await freePort()),
    DATA_DIR: folder,
    QINGLIAN_CONFIG: join(folder, 'none.yaml'),
    LOCAL_CHAT: 'off',
    LOG_LEVEL: 'warn',
    ...larkVariables(standIn),
    SSL_CERT_FILE: trusted,
    SSL_CERT_DIR: certificates,
  };
  const program = new RunningProgram(variables);
  program.start();
  return program;
}

const log = (program: RunningProgram): string => program.log.join('\n');

it('whoever does not show that he is the platform is told nothing, and the log says why', async () => {
  await using program = await running('/dev/null');
  await expect.poll(() => log(program), { timeout: 20_000 }).toContain('"DEPTH_ZERO_SELF_SIGNED_CERT"');
  await program.stop();
  expect(standIn.calls).toEqual([]);
  expect(standIn.connections).toBe(0);
  expect(log(program)).not.toContain(standIn.appSecret);
});

it('a call to him was never made, so that it is no matter of doubt', async () => {
  const call = openDirectHttp(standIn.address, 5000)({ url: '/open-apis/x' }, 't-1');
  await expect(call).rejects.toMatchObject({ neverSent: true, system: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

it('a platform whose certificate the machine trusts is heard and answered', async () => {
  await using program = await running(CERTIFICATE_FILE);
  await expect.poll(() => standIn.connections, { timeout: 20_000 }).toBe(1);
  const { openId } = standIn.directory.addPerson({ name: '示例一人', departments: [] });
  await standIn.say(openId, '帮助');
  await expect.poll(() => standIn.messages(openId).length, { timeout: 10_000 }).toBe(1);
  await program.stop();
  expect(program.faults).toEqual([]);
});
