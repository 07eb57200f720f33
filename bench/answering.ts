import { createServer } from 'node:http';

// A platform that takes every call, in a process of its own.
const ANSWER = JSON.stringify({
  code: 0,
  msg: 'ok',
  tenant_access_token: 't-example',
  expire: 7200,
  data: { message_id: 'om_example' },
});

const server = createServer((request, answer) => {
  request.resume().once('end', () => {
    answer.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(ANSWER);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
