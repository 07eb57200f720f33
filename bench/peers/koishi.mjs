import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tellPort } from './plain-row.mjs';

// Its modules load as CommonJS only.
const require = createRequire(import.meta.url);
const { Bot, Context, h } = require('koishi');
const sqlite = require('@minatojs/driver-sqlite');

const [, , file] = process.argv;
const app = new Context({ prefix: '/' });
app.plugin(sqlite.default ?? sqlite, { path: `${file}.koishi` });
app.model.extend(
  'message_row',
  { id: 'unsigned', account: 'string', text: 'text', at: 'timestamp' },
  { autoInc: true },
);
const bot = new Bot(app, {}, 'example');
bot.selfId = 'bot';
let told;
app.middleware(async ({ userId, content }) => {
  await app.database.create('message_row', { account: userId, text: content, at: new Date() });
  told.get(userId)?.();
});
await app.start();
told = new Map();
const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const { user, text } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    told.set(user, () => response.end('{}'));
    const session = bot.session({
      type: 'message',
      timestamp: Date.now(),
      user: { id: user },
      channel: { id: `private:${user}`, type: 1 },
      message: { id: String(Math.random()), content: text, elements: [h.text(text)] },
    });
    session.isDirect = true;
    bot.dispatch(session);
  });
});
server.listen(0, '127.0.0.1', () => tellPort(server));
