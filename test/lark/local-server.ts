import { createServer, type RequestListener, type Server } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../web/server.ts';

/** Answers on a port of its own until the test is over. */
export async function localServer(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  const url = await listen(server, '127.0.0.1', 0);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, url };
}
