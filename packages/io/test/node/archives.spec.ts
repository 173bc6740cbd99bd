import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { OptionError, tensor } from '@gradus/tensor';
import { encodeNpz, encodeSafetensors, FormatError } from '../../src/index';
import { readNpz, readSafetensors, writeNpz, writeSafetensors } from '../../src/node/index';
import { temporaryFolder } from './temporaryFolder';

const tensors = { kernel: tensor([[-1, 0, 1]]), bias: tensor(Int32Array.of(7)) };

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing failed'),
    (error: Error) => error,
  );
}

describe('Files of several tensors', () => {
  const folder = temporaryFolder();

  for (const compressed of [false, true]) {
    it(`are read as they were written: NPZ, compressed ${compressed}`, async () => {
      const path = join(folder.path, 'weights.npz');
      await writeNpz(path, tensors, { compressed });
      const { kernel, bias } = await readNpz(path);
      expect([kernel!.toArray(), bias!.toArray()]).to.deep.equal([[[-1, 0, 1]], [7]]);
      expect(await readdir(folder.path)).to.deep.equal(['weights.npz']);
    });
  }

  it('are read as they were written: safetensors, with metadata', async () => {
    const path = join(folder.path, 'model.safetensors');
    await writeSafetensors(path, tensors, { metadata: { epoch: '3' } });
    const found = await readSafetensors(path);
    expect(found.tensors['kernel']!.toArray()).to.deep.equal([[-1, 0, 1]]);
    expect(found.metadata).to.deep.equal({ epoch: '3' });
    expect(await readdir(folder.path)).to.deep.equal(['model.safetensors']);
  });

  it('that are damaged are named, and the part of an archive, too', async () => {
    const npz = join(folder.path, 'weights.npz');
    await writeFile(npz, encodeNpz(tensors).subarray(0, 100));
    const first = await failureOf(readNpz(npz));
    expect(first).to.be.instanceOf(FormatError).with.property('path', npz);
    const file = join(folder.path, 'model.safetensors');
    await writeFile(file, encodeSafetensors(tensors).subarray(0, 5));
    const second = await failureOf(readSafetensors(file));
    expect(second.message).to.equal(
      `${file}: decodeSafetensors: expected the length of the header in 8 bytes at byte 0; ` +
        'received 5 before the end of the file.',
    );
  });

  it('stay as they were when what is to be written is no tensor', async () => {
    const path = join(folder.path, 'model.safetensors');
    await writeSafetensors(path, tensors);
    const error = await failureOf(writeSafetensors(path, { x: null } as never));
    expect(error).to.be.instanceOf(OptionError);
    expect(Object.keys((await readSafetensors(path)).tensors)).to.deep.equal(['kernel', 'bias']);
    expect(await readdir(folder.path)).to.deep.equal(['model.safetensors']);
  });
});
