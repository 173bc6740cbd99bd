import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { packTar } from 'modern-tar';
import { DownloadError } from '../../../src/node/download';
import type { Download } from '../../../src/node/download/publishedDatasets';
import { failureOf } from '../temporaryFolder';
import { DownloadBench, noise, published } from './downloads';

describe('The download of an archive', () => {
  const bench = new DownloadBench();
  const { folder, home } = bench;

  const parts = { 'a.bin': noise(3000, 4), 'b.bin': noise(5000, 5) };
  const archive: Download = {
    name: 'all.tar.gz',
    kind: 'tar.gz',
    files: Object.entries(parts).map(([name, bytes]) => published(name, bytes)),
  };
  const tarOf = async (files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> =>
    packTar([
      { header: { name: 'folder/', type: 'directory', size: 0 } },
      { header: { name: 'folder/a.bin/', type: 'directory', size: 0 } },
      ...Object.entries(files).map(([name, body]) => {
        return { header: { name, type: 'file' as const, size: body.length }, body };
      }),
    ]);
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    home.serve({ 'all.tar.gz': gzipSync(bytes) });
    const error = await failureOf(bench.fill({ homes: [home.url] }, [archive]));
    expect(error).to.be.instanceOf(DownloadError);
    return /received (.*) from http/.exec(error.message)![1]!;
  };

  it('stores the published files in it and nothing else', async () => {
    const files = {
      'folder/a.bin': parts['a.bin'],
      '../evil.txt': noise(10),
      'folder/b.bin': parts['b.bin'],
    };
    home.serve({ 'all.tar.gz': gzipSync(await tarOf(files)) });
    await bench.fill({}, [archive]);
    expect(await bench.stored()).to.deep.equal(['a.bin', 'b.bin']);
    for (const [name, bytes] of Object.entries(parts)) {
      expect(Uint8Array.from(await readFile(folder.at(`cache/${name}`)))).to.deep.equal(bytes);
    }
    expect(await readdir(folder.path)).to.deep.equal(['cache']);
  });

  it('keeps what is there and fits', async () => {
    await folder.write({ 'cache/a.bin': parts['a.bin'] });
    home.serve({ 'all.tar.gz': gzipSync(await tarOf(parts)) });
    await bench.fill({}, [archive]);
    expect(await bench.stored()).to.deep.equal(['a.bin', 'b.bin']);
  });

  it('refuses one that lacks a file, is damaged, cut off, or of other content', async () => {
    const tar = await tarOf(parts);
    home.serve({ 'all.tar.gz': gzipSync(tar).subarray(0, 6000) });
    const error = await failureOf(bench.fill({ homes: [home.url] }, [archive]));
    expect(error.message).to.include('received a damaged gzip file (unexpected end of file) from');
    expect(await refusal(tar.subarray(0, 2000))).to.match(/^a damaged archive \(.+\)$/);
    expect(await refusal(noise(2000))).to.match(/^a damaged archive \(.+\)$/);
    // What comes before the damage is whole and fits.
    expect((await bench.stored()).filter((name) => name !== 'a.bin')).to.deep.equal([]);
    expect(await refusal(await tarOf({ ...parts, 'b.bin': noise(5000, 6) }))).to.match(
      /^another content than b.bin has/,
    );
    expect(await bench.stored()).to.deep.equal(['a.bin']);
    expect(await refusal(await tarOf({ 'a.bin': parts['a.bin'] }))).to.equal(
      'an archive without b.bin',
    );
  });

  it('refuses one that is cut off in, or after, a file that nobody wants', async () => {
    const tar = await tarOf({ 'notes.txt': noise(9000, 7), ...parts });
    expect(await refusal(tar.subarray(0, 4000))).to.match(/^a damaged archive \(.+\)$/);
    home.serve({ 'all.tar.gz': gzipSync(tar).subarray(0, 6000) });
    const error = await failureOf(bench.fill({ homes: [home.url] }, [archive]));
    expect(error.message).to.include('received a damaged gzip file (unexpected end of file) from');
    const small = gzipSync(await tarOf({ 'notes.txt': noise(3000, 7), 'a.bin': parts['a.bin'] }));
    home.serve({ 'all.tar.gz': small.subarray(0, 5000) });
    const late = await failureOf(bench.fill({ homes: [home.url] }, [archive]));
    expect(late.message).to.include('received a damaged gzip file (unexpected end of file) from');
  });

  it('passes on an error of onProgress as it is', async () => {
    home.serve({ 'all.tar.gz': gzipSync(await tarOf(parts)) });
    const mistake = new Error('my mistake');
    const onProgress = (): void => {
      throw mistake;
    };
    expect(await failureOf(bench.fill({ onProgress }, [archive]))).to.equal(mistake);
    expect(await failureOf(bench.fill({ onProgress }))).to.be.instanceOf(DownloadError);
  });
});
