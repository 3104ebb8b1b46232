import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the wire does with the connections that it carries. */
export type Weather =
  /** Passes bytes on. */
  | { kind: 'clear' }
  /** Refuses new connections and cuts those that are open. */
  | { kind: 'cut' }
  /** Passes at most so many bytes a second of each connection from the server to the client. */
  | { kind: 'slow'; bytesPerSecond: number }
  /** Answers every HTTP request with this status; what is open is cut first. `retryAfter` in seconds. */
  | { kind: 'answer'; status: number; retryAfter?: number };

/** Before the server has the bytes, or after, so that only its answer is lost. */
export type Moment = 'before' | 'after';

/** A TCP wire to a server of 127.0.0.1, and the weather on it. */
export interface Wire {
  port: number;
  weather(next: Weather): void;
  /** Cuts every open connection; new ones are carried. Returns how many there were. */
  cut(): number;
  /** Half-opens every open connection: it takes bytes and passes none on. New ones are carried. */
  freeze(): number;
  /** Cuts a connection when its client sends bytes in which `find` sees the moment. */
  cutWhen(find: ((sent: Buffer) => Moment | undefined) | undefined): void;
  /** HTTP requests that were answered in place of the server, by their first line. */
  answered(): string[];
  close(): Promise<void>;
}

export async function startWire(target: { port: number }): Promise<Wire> {
  const links = new Set<Link>();
  let weather: Weather = { kind: 'clear' };
  let find: ((sent: Buffer) => Moment | undefined) | undefined;
  const answered: string[] = [];
  const server = createServer((client) => {
    if (weather.kind === 'cut') return client.resetAndDestroy();
    if (weather.kind === 'answer') return answer(client, weather, answered);
    const link = new Link(client, target.port, {
      weather: () => weather,
      breaks: (sent) => find?.(sent),
    });
    links.add(link);
    link.onEnd(() => links.delete(link));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const cut = () => {
    const count = links.size;
    for (const link of links) link.cut();
    return count;
  };
  return {
    port: (server.address() as AddressInfo).port,
    weather(next) {
      weather = next;
      if (next.kind === 'cut' || next.kind === 'answer') cut();
    },
    cut,
    freeze() {
      for (const link of links) link.freeze();
      return links.size;
    },
    cutWhen(next) {
      find = next;
    },
    answered: () => answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

interface Conditions {
  weather: () => Weather;
  breaks: (sent: Buffer) => Moment | undefined;
}

/** One connection from a client to the server. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  /** What it has swallowed is lost, so that it stays silent for ever. */
  #frozen = false;

  constructor(client: Socket, port: number, conditions: Conditions) {
    this.#client = client;
    this.#server = connect({ port, host: '127.0.0.1', allowHalfOpen: false });
    this.#carry(client, this.#server, conditions, 'up');
    this.#carry(this.#server, client, conditions, 'down');
  }

  onEnd(listener: () => void): void {
    this.#client.once('close', listener);
  }

  freeze(): void {
    this.#frozen = true;
  }

  cut(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  #carry(from: Socket, to: Socket, conditions: Conditions, way: 'up' | 'down'): void {
    from.on('error', () => from.destroy());
    from.on('close', () => {
      if (!this.#frozen) to.destroy();
    });
    from.on('data', (chunk: Buffer) => {
      if (this.#frozen) return;
      const moment = way === 'up' ? conditions.breaks(chunk) : undefined;
      if (moment === 'after') to.write(chunk);
      if (moment) return void setImmediate(() => this.cut());
      const weather = conditions.weather();
      if (weather.kind === 'slow' && way === 'down')
        return trickle(from, to, chunk, weather.bytesPerSecond);
      if (!to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
  }
}

const TRICKLE_MS = 100;

function trickle(from: Socket, to: Socket, chunk: Buffer, bytesPerSecond: number): void {
  from.pause();
  const step = Math.max(1, Math.round((bytesPerSecond * TRICKLE_MS) / 1000));
  let at = 0;
  const timer = setInterval(() => {
    if (!to.destroyed) to.write(chunk.subarray(at, at + step));
    at += step;
    if (at < chunk.length && !to.destroyed) return;
    clearInterval(timer);
    from.resume();
  }, TRICKLE_MS);
}

function answer(
  client: Socket,
  { status, retryAfter }: { status: number; retryAfter?: number },
  answered: string[],
): void {
  const pause = retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`;
  client.on('error', () => client.destroy());
  client.once('data', (request) => {
    answered.push(request.toString('latin1').split('\r\n')[0] ?? '');
    client.end(
      `HTTP/1.1 ${status} Fault\r\n${pause}Content-Length: 0\r\nConnection: close\r\n\r\n`,
    );
  });
}
