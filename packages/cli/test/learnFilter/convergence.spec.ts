import { expect } from 'chai';
import { io, tensor } from 'gradus';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { learn } from '../runCommand';
import { ScratchFolder } from '../scratchFolder';

const scenes = join(__dirname, '../../../../../shared/data/scenes');

interface History {
  readonly kernel_error: readonly number[];
  readonly similarity: readonly number[];
  readonly leastSquares: { readonly kernel: readonly (readonly number[])[] };
}

describe('learn-filter', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();

  async function historyOf(...settings: string[]): Promise<History> {
    const { status, errors } = await learn('--out', scratch.path('out'), ...settings);
    expect([status, errors]).to.deep.equal([0, '']);
    return JSON.parse(readFileSync(scratch.path('out/history.json'), 'utf8')) as History;
  }

  const enough = ['--limit', '40', '--size', '32', '--epochs', '12'];

  it('learns sobel-x from generated images, every coefficient within 0.01', async () => {
    const history = await historyOf(...enough);
    expect(history.kernel_error.at(-1)).to.be.below(0.01);
    expect(history.similarity.at(-1)).to.be.above(0.9999);
    expect(history.kernel_error.at(-1)).to.be.below(history.kernel_error[0]!);
    // The data are noiseless, so the exact solution is the filter itself.
    const squares = history.leastSquares.kernel.flat();
    [-1, 0, 1, -2, 0, 2, -1, 0, 1].forEach((wanted, i) =>
      expect(squares[i]).to.be.closeTo(wanted, 1e-4),
    );
  });

  const photographs = ['--images', scenes, '--limit', '40', '--size', '32', '--epochs', '25'];
  for (const filter of ['sobel-x', 'sobel-y']) {
    it(`learns ${filter} from photographs, every coefficient within 0.01`, async function () {
      if (!existsSync(scenes)) {
        console.log('        ../shared/data/scenes is not here');
        this.skip();
      }
      const history = await historyOf('--filter', filter, ...photographs);
      expect(history.kernel_error.at(-1)).to.be.below(0.01);
    });
  }

  it('learns even and long kernels where they are, not one pixel off', async () => {
    const even = await historyOf('--filter', 'gaussian', '--kernel-size', '4', ...enough);
    expect(even.similarity.at(-1)).to.be.above(0.99);
    const own = scratch.path('own.npy');
    scratch.write('own.npy', io.encodeNpy(tensor([[1, 2, 3, -1]])));
    const long = await historyOf('--filter', own, ...enough);
    // One pixel off, the cosine would be (2 + 6 - 3) / 15.
    expect(long.similarity.at(-1)).to.be.above(0.99);
  });

  it('learns less well from disturbed data, with noise or rescaled', async () => {
    const few = ['--limit', '40', '--size', '16', '--epochs', '5', '--batch-size', '1'];
    const exact = (await historyOf(...few)).kernel_error.at(-1)!;
    for (const disturbance of [
      ['--noise', '0.3'],
      ['--rescale', '0.7'],
    ]) {
      const disturbed = await historyOf(...few, ...disturbance);
      expect(disturbed.kernel_error.at(-1), disturbance[0]).to.be.above(2 * exact);
    }
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const kernelOf = async (...settings: string[]): Promise<Buffer> => {
      await historyOf(...settings);
      return readFileSync(scratch.path('out/kernel.npy'));
    };
    const noisy = ['--noise', '0.1', '--seed'];
    const first = await kernelOf(...noisy, '7');
    expect((await kernelOf(...noisy, '7')).equals(first)).to.equal(true);
    expect((await kernelOf(...noisy, '8')).equals(first)).to.equal(false);
    expect((await kernelOf('--seed', '8')).equals(await kernelOf('--seed', '9'))).to.equal(false);
  });

  it('learns the same on either engine, but for rounding', async () => {
    const loops = await historyOf('--engine', 'loops');
    const reference = await historyOf('--engine', 'reference');
    loops.kernel_error.forEach((error, i) =>
      expect(reference.kernel_error[i]).to.be.closeTo(error, 1e-3),
    );
  });
});
