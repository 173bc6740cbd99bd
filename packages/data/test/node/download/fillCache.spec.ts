import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import fsPromises, { open as openFile, readFile, utimes } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { DownloadError } from '../../../src/node/download';
import type { Download } from '../../../src/node/download/publishedDatasets';
import { failureOf } from '../temporaryFolder';
import {
  advice,
  content,
  digits,
  DownloadBench,
  noise,
  packed,
  published,
  sha256,
} from './downloads';
import { stall } from './fileServer';

describe('fillCache', () => {
  const bench = new DownloadBench();
  const { folder, home, mirror } = bench;

  it('stores the unpacked content and tells how many bytes have arrived', async () => {
    home.serve({ 'digits.gz': packed });
    const steps: number[] = [];
    await bench.fill({
      onProgress: ({ file, received, total }) => {
        expect([file, total]).to.deep.equal(['digits.gz', packed.length]);
        steps.push(received);
      },
    });
    await bench.expectStored();
    expect(steps.at(-1)).to.equal(packed.length);
    expect(steps).to.deep.equal([...steps].sort((a, b) => a - b));
    expect(mirror.requests).to.deep.equal([]);
  });

  it('asks nobody for what is there', async () => {
    await folder.write({ 'cache/digits': content });
    await bench.fill();
    expect(home.requests).to.deep.equal([]);
    await bench.expectStored();
  });

  it('downloads only what is missing', async () => {
    const [a, b] = [noise(10, 2), noise(20, 3)];
    const downloads = [a, b].map((bytes, i): Download => {
      const name = 'ab'[i]!;
      return { name: `${name}.gz`, kind: 'gzip', files: [published(name, bytes)] };
    });
    await folder.write({ 'cache/a': a });
    home.serve({ 'b.gz': gzipSync(b) });
    await bench.fill({}, downloads);
    expect(home.requests).to.deep.equal(['/b.gz']);
    expect(await bench.stored()).to.deep.equal(['a', 'b']);
  });

  it('takes a file that was packed anew, or that the server has unpacked', async () => {
    home.serve({ 'digits.gz': gzipSync(content, { level: 1 }) });
    await bench.fill();
    await bench.expectStored();
    home.serve({ 'raw.gz': content });
    await bench.fill({}, [digits('raw')]);
    home.serve({
      'sent.gz': (response) => {
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
        response.end(packed);
      },
    });
    await bench.fill({}, [digits('sent')]);
    expect(await bench.stored()).to.deep.equal(['digits', 'raw', 'sent']);
  });

  it('takes the second home if the first has not got it, whatever it says', async () => {
    mirror.serve({ 'digits.gz': packed });
    await bench.fill({ homes: [home.url, mirror.url.slice(0, -1)] });
    await bench.expectStored();
    expect(home.requests).to.deep.equal(['/digits.gz']);
  });

  it('names every home and its problem if none has it', async () => {
    mirror.serve({ 'digits.gz': (response) => void response.writeHead(503).end() });
    const error = await failureOf(bench.fill());
    expect(error.message).to.equal(
      `loadDataset: expected digits.gz; received HTTP 404 Not Found from ${home.url}digits.gz and HTTP 503 Service Unavailable from ${mirror.url}digits.gz. ${advice}`,
    );
  });

  it('tells a web page, by its type or by how it starts', async () => {
    const page = new TextEncoder().encode('<!DOCTYPE html><p>Please log in');
    home.serve({
      'digits.gz': (response) =>
        void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(packed),
    });
    await bench.expectRefused('a web page instead of the file');
    home.serve({ 'digits.gz': page });
    await bench.expectRefused('a web page instead of the file');
  });

  it('tells what the content has that the published one has not', async () => {
    const changed = content.slice();
    changed[1000]! ^= 1;
    home.serve({ 'digits.gz': gzipSync(changed) });
    await bench.expectRefused(
      `another content than digits has (SHA-256 ${sha256(changed)}, not ${sha256(content)})`,
    );
    home.serve({ 'digits.gz': gzipSync(content.subarray(1)) });
    await bench.expectRefused('199999 bytes instead of the 200000 of digits');
    home.serve({ 'digits.gz': new Uint8Array(0) });
    await bench.expectRefused('no bytes');
    home.serve({ 'digits.gz': packed.subarray(0, 90_000) });
    await bench.expectRefused('a damaged gzip file (unexpected end of file)');
    const damaged = Uint8Array.from(packed);
    damaged.fill(0, 50_000, 50_100);
    home.serve({ 'digits.gz': damaged });
    await bench.expectRefused(/^(a damaged gzip file \(.+\)|another content .+)$/);
  });

  it('stops unpacking where there is more than there should be', async () => {
    home.serve({ 'digits.gz': gzipSync(new Uint8Array(5_000_000)) });
    await bench.expectRefused('more than the 200000 bytes of digits');
  });

  it('says why there is no connection', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const error = await failureOf(bench.fill({ homes: [`http://127.0.0.1:${port}/`] }));
    expect(error.message).to.equal(
      `loadDataset: expected digits.gz; received no connection (connect ECONNREFUSED 127.0.0.1:${port}) from http://127.0.0.1:${port}/digits.gz. ${advice}`,
    );
  });

  it('ends at once when the signal is aborted, and cleans up', async () => {
    home.serve({ 'digits.gz': stall(packed, 50_000) });
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = (): void => void setTimeout(() => controller.abort(reason), 5);
    expect(await failureOf(bench.fill({ signal: controller.signal, onProgress }))).to.equal(reason);
    expect(await bench.stored()).to.deep.equal([]);
    expect(mirror.requests).to.deep.equal([]);
    expect(await failureOf(bench.fill({ signal: controller.signal }))).to.equal(reason);
  });

  it('says what to do about a file that is damaged, and leaves it', async () => {
    const path = folder.at('cache/digits');
    const refused = async (bytes: Uint8Array, received: string): Promise<void> => {
      await folder.write({ 'cache/digits': bytes });
      const error = await failureOf(bench.fill());
      expect(error).to.be.instanceOf(FormatError);
      expect(error.message).to.equal(
        `${path}: loadDataset: expected the published 200000 bytes with SHA-256 ${sha256(content)}; received ${received}. The file is damaged or another one. Remove it: it is then downloaded anew.`,
      );
      expect(Uint8Array.from(await readFile(path))).to.deep.equal(bytes);
    };
    await refused(content.subarray(1), '199999 bytes');
    const changed = content.slice();
    changed[199_999]! ^= 128;
    await refused(changed, `SHA-256 ${sha256(changed)}`);
    expect(home.requests).to.deep.equal([]);
  });

  it('says that the disk is full, and cleans up', async function () {
    home.serve({ 'digits.gz': packed });
    const { open } = fsPromises;
    const full = await openFile('/dev/full', 'w').catch(() => undefined);
    if (full === undefined) return this.skip();
    fsPromises.open = async (path, flags) => {
      await (await open(path, flags)).close();
      return full;
    };
    try {
      const error = await failureOf(bench.fill());
      expect(error).to.be.instanceOf(DownloadError);
      expect(error.message).to.equal(
        `loadDataset: digits.gz could not be stored in "${folder.at('cache')}": the disk is full (ENOSPC); 1 MB are needed. Make room there, or name another cache folder.`,
      );
      expect((error.cause as NodeJS.ErrnoException).code).to.equal('ENOSPC');
    } finally {
      fsPromises.open = open;
    }
    expect(await bench.stored()).to.deep.equal([]);
    expect(mirror.requests).to.deep.equal([]);
  });

  it('says why a folder cannot be made', async () => {
    await folder.write({ cache: Uint8Array.of(1) });
    const error = await failureOf(bench.fill());
    expect(error).to.be.instanceOf(DownloadError);
    expect(error.message).to.match(
      /^loadDataset: digits.gz could not be stored in ".+": E\w+: .+\. Make room/,
    );
  });

  it('lets several fill one folder at the same time', async () => {
    home.serve({ 'digits.gz': packed });
    mirror.serve({ 'digits.gz': gzipSync(content, { level: 1 }) });
    await Promise.all([bench.fill(), bench.fill({ homes: [mirror.url] }), bench.fill()]);
    await bench.expectStored();
  });

  it('removes what was left over long ago, but not what may be under way', async () => {
    await folder.write({ 'cache/.digits.1.part': content, 'cache/.digits.2.part': content });
    const longAgo = Date.now() / 1000 - 100_000;
    await utimes(folder.at('cache/.digits.1.part'), longAgo, longAgo);
    home.serve({ 'digits.gz': packed });
    await bench.fill();
    expect(await bench.stored()).to.deep.equal(['.digits.2.part', 'digits']);
  });
});
