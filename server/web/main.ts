/** The web server in production: Next, and the live streams beside it. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { getEnv } from '../env.ts';
import { sharedLiveStream } from './shared-handler.ts';

const { HOST, PORT } = getEnv();
const dir = fileURLToPath(new URL('../..', import.meta.url));
const app = next({ dev: false, dir, hostname: HOST, port: PORT });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => {
  const live = sharedLiveStream();
  if (live?.isLiveStream(request)) void live.serveLiveStream(request, response);
  else void handle(request, response);
});
server.listen(PORT, HOST);
