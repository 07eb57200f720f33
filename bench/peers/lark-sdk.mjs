import { createServer } from 'node:http';
import { adaptKoa, EventDispatcher, LoggerLevel } from '@larksuiteoapi/node-sdk';
import Koa from 'koa';
import bodyParser from 'koa-bodyparser';
import { keep, tellPort } from './plain-row.mjs';

const [, , , encryptKey] = process.argv;
const dispatcher = new EventDispatcher({ encryptKey, loggerLevel: LoggerLevel.fatal }).register({
  'im.message.receive_v1': async ({ sender, message }) => {
    keep(sender.sender_id.open_id, JSON.parse(message.content).text);
    return {};
  },
});
const app = new Koa();
app.use(bodyParser());
app.use(adaptKoa('/', dispatcher));
const server = createServer(app.callback());
server.listen(0, '127.0.0.1', () => tellPort(server));
