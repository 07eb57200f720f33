import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createNodeMiddleware, createProbot } from 'probot';
import { keep, tellPort } from './plain-row.mjs';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const probot = createProbot({
  overrides: { appId: 1, privateKey, secret: 'example-secret', logLevel: 'error' },
});
const app = (robot) =>
  robot.on('issue_comment.created', async ({ payload }) => keep(payload.sender.login, payload.comment.body));
const middleware = await createNodeMiddleware(app, { probot, webhooksPath: '/' });
const server = createServer(middleware);
server.listen(0, '127.0.0.1', () => tellPort(server));
