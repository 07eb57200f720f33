import { createServer } from 'node:http';
import { Adapter, Robot, TextMessage, User } from 'hubot';
import { keep, tellPort } from './plain-row.mjs';

// Hubot brings no platform that pushes over HTTP: this adapter is the least that one could be.
class Pushed extends Adapter {
  async run() {
    const server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', async () => {
        const { user, text } = JSON.parse(Buffer.concat(parts).toString('utf8'));
        await this.robot.receive(new TextMessage(new User(user), text, String(Math.random())));
        response.end('{}');
      });
    });
    server.listen(0, '127.0.0.1', () => tellPort(server));
    this.emit('connected');
  }
}

process.env.HUBOT_LOG_LEVEL = 'error';
const robot = new Robot({ use: (bot) => new Pushed(bot) }, false, 'example', undefined);
await robot.loadAdapter();
robot.listen(
  () => true,
  async ({ message }) => keep(message.user.id, message.text),
);
await robot.run();
