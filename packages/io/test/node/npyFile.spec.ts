import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { tensor } from '@gradus/tensor';
import { encodeNpy, FormatError } from '../../src/index';
import { readNpy, writeNpy } from '../../src/node/index';
import { temporaryFolder } from './temporaryFolder';

const kernel = tensor([
  [-1, 0, 1],
  [-2, 0, 2],
]);

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing failed'),
    (error: Error) => error,
  );
}

describe('NPY files', () => {
  const folder = temporaryFolder();

  it('are read as they were written', async () => {
    const path = join(folder.path, 'kernel.npy');
    await writeNpy(path, kernel);
    const back = await readNpy(path);
    expect(back.dtype).to.equal('float32');
    expect(back.toArray()).to.deep.equal(kernel.toArray());
    expect(new Uint8Array(await readFile(path))).to.deep.equal(encodeNpy(kernel));
    expect(await readdir(folder.path)).to.deep.equal(['kernel.npy']);
  });

  it('that are damaged are named', async () => {
    const path = join(folder.path, 'kernel.npy');
    await writeFile(path, encodeNpy(kernel).subarray(0, 130));
    const error = await failureOf(readNpy(path));
    expect(error).to.be.instanceOf(FormatError);
    expect(error.message).to.equal(
      `${path}: decodeNpy: expected 24 bytes of data for float32 [2, 3] at byte 128; received 2 before the end of the file.`,
    );
  });

  it('that are missing are named', async () => {
    const path = join(folder.path, 'missing.npy');
    expect(await failureOf(readNpy(path))).to.include({ code: 'ENOENT', path });
  });
});
