import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageReport } from './page';

/** The first of Chromium's names that is installed. */
export function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names.find((name) => spawnSync(name, ['--version']).status === 0);
}

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** With these a page is isolated, and may share memory. */
const isolating = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Opens a page with one script in Chromium, under a strict Content-Security-Policy, and returns what
 * the script reports.
 */
export async function openPage(
  chromium: string,
  code: string,
  { isolated }: { readonly isolated: boolean },
): Promise<PageReport> {
  let received: (report: PageReport) => void;
  const report = new Promise<PageReport>((resolve) => (received = resolve));
  const server = createServer((request, response) => {
    const headers = { 'Content-Security-Policy': policy, ...(isolated ? isolating : {}) };
    if (request.url === '/report') {
      void textOf(request).then((text) => received(JSON.parse(text) as PageReport));
      response.end();
    } else if (request.url === '/page.js') {
      response.writeHead(200, { ...headers, 'Content-Type': 'text/javascript' }).end(code);
    } else {
      const page =
        '<!doctype html><title>gradus</title><script type="module" src="/page.js"></script>';
      response.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end(page);
    }
  });
  const port = await listen(server);
  const profile = mkdtempSync(join(tmpdir(), 'gradus-page-'));
  const browser = spawn(
    chromium,
    ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`].concat(
      `http://localhost:${port}/`,
    ),
    { stdio: 'ignore', detached: true },
  );
  const ended = new Promise<void>((resolve) => browser.on('close', () => resolve()));
  const failed = ended.then((): never => {
    throw new Error(`${chromium} ended before the page reported.`);
  });
  try {
    return await Promise.race([report, failed]);
  } finally {
    // The browser's other processes with it: they write to the profile.
    endGroup(browser.pid!);
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve((server.address() as AddressInfo).port));
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  for await (const part of request.setEncoding('utf8')) parts.push(part as string);
  return parts.join('');
}
