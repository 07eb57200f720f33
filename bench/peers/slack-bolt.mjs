import bolt from '@slack/bolt';
import { keep, tellPort } from './plain-row.mjs';

const app = new bolt.App({
  signingSecret: 'example-secret',
  processBeforeResponse: true,
  authorize: async () => ({ botToken: 'xoxb-example', botId: 'B1', botUserId: 'U1' }),
  logLevel: bolt.LogLevel.ERROR,
});
app.message(async ({ message }) => keep(message.user, message.text));
tellPort(await app.start({ port: 0, host: '127.0.0.1' }));
