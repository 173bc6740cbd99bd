import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What answers requests; `visits` counts those for the same path before. */
export type Answer = (response: ServerResponse, request: IncomingMessage, visits: number) => void;

/** A home on this machine for each test of the surrounding `describe`. */
export class FileServer {
  /** Ends with a slash. */
  url = '';
  /** Paths that were asked for, each with the range. */
  readonly requests: string[] = [];
  private readonly answers = new Map<string, Answer>();
  private server: Server | undefined;

  constructor() {
    beforeEach(async () => {
      this.server = createServer((request, response) => this.reply(request, response));
      this.server.listen(0, '127.0.0.1');
      await once(this.server, 'listening');
      this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
    });
    afterEach(async () => {
      this.answers.clear();
      this.requests.length = 0;
      this.server!.closeAllConnections();
      this.server!.close();
      await once(this.server!, 'close');
    });
  }

  /** Serves these under their paths; anything else is not found. */
  serve(files: Readonly<Record<string, Uint8Array | Answer>>): void {
    for (const [path, file] of Object.entries(files)) {
      this.answers.set(`/${path}`, typeof file === 'function' ? file : whole(file));
    }
  }

  /** How many connections are open. */
  async openConnections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server!.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  private reply(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url!;
    const visits = this.requests.filter((one) => one.split(' ')[0] === path).length;
    this.requests.push([path, request.headers.range].filter(Boolean).join(' '));
    const answer = this.answers.get(path);
    if (answer !== undefined) answer(response, request, visits);
    else response.writeHead(404).end('no such file');
  }
}

/** A file in one piece, or the part of it that is asked for. */
export function whole(file: Uint8Array): Answer {
  return (response, { headers }) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const rest = file.subarray(start);
    if (start > 0) {
      const range = `bytes ${start}-${file.length - 1}/${file.length}`;
      response.writeHead(206, { 'content-length': rest.length, 'content-range': range });
    } else response.writeHead(200, { 'content-length': rest.length });
    response.end(rest);
  };
}

/** Announces a whole file, but breaks the connection off after some bytes. */
export function cutOff(file: Uint8Array, after: number): Answer {
  return (response) => {
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, after), () => setTimeout(() => response.destroy(), 5));
  };
}

/** Sends some bytes and then nothing more, without an end. */
export function stall(file: Uint8Array, after: number): Answer {
  return (response) => {
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, after));
  };
}
