import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import { HomeProblem, Interruption } from './downloadError';

/** How to talk to a home. */
export interface DownloadBytesOptions {
  /** Called with each piece that arrives. */
  readonly onBytes?: ((received: number, total: number | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** After so many milliseconds without a byte, a connection counts as lost. */
  readonly stallTimeout: number;
  /** How long to wait before a lost connection is taken up again, in milliseconds. */
  readonly retryDelay: number;
}

/** What error pages, and the pages of networks that one must log in to, are told as. */
export const webPage = 'a web page instead of the file';

/** After so many requests in a row that brought nothing, a home is given up. */
const mostVain = 5;

/**
 * The bytes at a URL as they arrive. Where the connection is lost on the way, the rest is asked for;
 * from a server that cannot give a part, all is read again and what is known passed over.
 * @throws HomeProblem if they cannot be had; the signal's reason if it is aborted.
 */
export async function* downloadBytes(
  url: string,
  options: DownloadBytesOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let received = 0;
  let inParts = true;
  let vain = 0;
  for (;;) {
    const before = received;
    try {
      for await (const { bytes, total, packed } of bytesFrom(url, { received, inParts }, options)) {
        inParts = !packed;
        received += bytes.length;
        options.onBytes?.(received, total);
        yield bytes;
      }
      return;
    } catch (error) {
      vain = received > before ? 0 : vain + 1;
      if (!(error instanceof Interruption) || vain === mostVain) throw error;
    }
    await wait(options.retryDelay, undefined, { signal: options.signal }).catch(() => {
      options.signal?.throwIfAborted();
    });
  }
}

interface Piece {
  readonly bytes: Uint8Array;
  /** The size of the whole, if the server tells. */
  readonly total: number | undefined;
  /** Whether the server packed the file for its way: a part of that could not be unpacked. */
  readonly packed: boolean;
}

interface Progress {
  /** In bytes. */
  readonly received: number;
  /** Whether to ask only for what comes then. */
  readonly inParts: boolean;
}

/** What one request brings beyond what was received before. */
async function* bytesFrom(
  url: string,
  { received, inParts }: Progress,
  options: DownloadBytesOptions,
): AsyncGenerator<Piece, void, undefined> {
  const connection = new Connection(options);
  const start = inParts ? received : 0;
  try {
    const response = await connection.request(url, start);
    checkAnswer(response, start);
    const packed = response.headers.has('content-encoding');
    const total = totalOf(response, start);
    let position = response.status === 206 ? start : 0;
    for (;;) {
      const chunk = await connection.read(response);
      if (chunk === undefined) break;
      const fresh = chunk.subarray(Math.min(Math.max(received - position, 0), chunk.length));
      position += chunk.length;
      if (fresh.length > 0) yield { bytes: fresh, total, packed };
    }
  } finally {
    connection.close();
  }
}

/** A request and its answer, given up when nothing arrives for too long. */
class Connection {
  private readonly controller = new AbortController();
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor(private readonly options: DownloadBytesOptions) {}

  async request(url: string, start: number): Promise<Response> {
    const { signal } = this.controller;
    // Packed by the server, a part could not be asked for, and lengths would be those of the packed.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (start > 0) headers['range'] = `bytes=${start}-`;
    return this.watch(
      () => fetch(url, { headers, signal }),
      (reason) =>
        start === 0
          ? new HomeProblem(`no connection (${reason})`)
          : new Interruption(`no connection any more (${reason})`),
    );
  }

  /** The next bytes of the answer, or undefined at its end. */
  async read(response: Response): Promise<Uint8Array | undefined> {
    this.reader ??= response.body?.getReader();
    const next = await this.watch(
      async () => this.reader?.read(),
      (reason) => new Interruption(`the connection broke off (${reason})`),
    );
    return next?.value;
  }

  close(): void {
    this.controller.abort();
  }

  private async watch<T>(f: () => Promise<T>, lost: (reason: string) => Error): Promise<T> {
    const { signal, stallTimeout } = this.options;
    signal?.throwIfAborted();
    let stalled = false;
    const giveUp = (): void => this.controller.abort();
    const timer = setTimeout(() => {
      stalled = true;
      giveUp();
    }, stallTimeout);
    signal?.addEventListener('abort', giveUp);
    try {
      return await f();
    } catch (error) {
      signal?.throwIfAborted();
      throw lost(stalled ? `nothing arrived for ${stallTimeout / 1000} s` : reasonOf(error));
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }
}

function checkAnswer({ status, statusText, headers }: Response, start: number): void {
  if (status !== 200 && !(status === 206 && start > 0)) {
    throw new HomeProblem(`HTTP ${`${status} ${statusText}`.trim()}`);
  }
  if (/^text\/html\b/i.test(headers.get('content-type') ?? '')) {
    throw new HomeProblem(webPage);
  }
  const range = headers.get('content-range') ?? '';
  if (status === 206 && !range.startsWith(`bytes ${start}-`)) {
    throw new HomeProblem(`another part of the file than was asked for (${range})`);
  }
}

function totalOf({ status, headers }: Response, start: number): number | undefined {
  const length = headers.get('content-length');
  // The length of what the server has packed says nothing of what comes out.
  if (length === null || headers.has('content-encoding')) return undefined;
  return Number(length) + (status === 206 ? start : 0);
}

/** `fetch` fails with "fetch failed"; why, its causes tell. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  const { code } = error as NodeJS.ErrnoException;
  return error.message || code || error.name;
}
