import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeFileWhole } from '../../src/node/index';
import { temporaryFolder } from './temporaryFolder';

describe('writeFileWhole', () => {
  const folder = temporaryFolder();

  it('writes bytes and text, in place of what was there', async () => {
    const path = join(folder.path, 'note.txt');
    await writeFileWhole(path, 'a longer text');
    await writeFileWhole(path, Uint8Array.of(104, 105));
    expect(await readFile(path, 'utf8')).to.equal('hi');
    expect(await readdir(folder.path)).to.deep.equal(['note.txt']);
  });

  it('leaves nothing behind and nothing changed when it fails', async () => {
    const path = join(folder.path, 'taken');
    await mkdir(path);
    await writeFile(join(path, 'precious'), 'data');
    const outcome = await writeFileWhole(path, 'x').then(
      () => 'written',
      () => 'failed',
    );
    expect(outcome).to.equal('failed');
    expect(await readdir(folder.path)).to.deep.equal(['taken']);
    expect(await readdir(path)).to.deep.equal(['precious']);
  });

  it('fails in a folder that does not exist', async () => {
    const outcome = await writeFileWhole(join(folder.path, 'no', 'x'), 'x').then(
      () => 'written',
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(outcome).to.equal('ENOENT');
  });
});
