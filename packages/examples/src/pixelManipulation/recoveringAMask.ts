/*
 * Recovering a mask. In each picture, some regions are to become their negative. The model is given the
 * picture and a mask that is half lost in noise, and is shown what should come out. It never sees the true
 * mask; yet what it learns to do with the noisy one, gradients telling, brings the true one back.
 */
import { abs, adam, add, cast, clip, data, fill, greater, input, maximum, mean } from 'gradus';
import { model, mul, Random, reshape, sub, sum, viz, where, zeros, type Tensor } from 'gradus';
import { asKernel, asPicture, pngOf } from '../drawings';
import { inputPicture, type ImageOption } from '../inputPicture';
import type { Program } from '../program';
import { conditionalPixelTransform } from './conditionalPixelTransform';

const settings = { size: 64, count: 32, epochs: 30 };
const quickSettings: typeof settings = { size: 48, count: 16, epochs: 30 };

/** Standard deviation of what is added to a mask of zeros and ones. */
const noise = 0.3;
const kernelSize = 7;

/** When we call the mask recovered, on pictures that were not trained on. */
const recovered = { overlap: 0.98, error: 0.02 };

export const recoveringAMask: Program<ImageOption> = {
  summary: 'a layer of two inputs, which learns to read a noisy mask',

  async run({ image: file, quick, print, write }) {
    const { size, count, epochs } = quick ? quickSettings : settings;
    const training = samples(leaves({ count, size, seed: 1 }), 1);
    const test = samples(
      file === undefined
        ? leaves({ count: 4, size, seed: 2 })
        : await inputPicture({ size, channels: 1, image: file }),
      2,
    );

    // The layer stands in a model of two inputs, which are named.
    const [image, mask] = [input([size, size, 1]), input([size, size, 1])];
    const transform = conditionalPixelTransform({ kernelSize });
    const network = model({ inputs: { image, mask }, outputs: transform.apply({ image, mask }) });
    network.compile({ optimizer: adam({ learningRate: 0.3 }), loss: 'meanSquaredError' });
    print(`${network.summary()}\n`);

    // A black picture becomes white where the gate is open: so one sees the gate.
    const gate = () => network.predict({ image: zeros(test.image.shape), mask: test.mask });
    const before = gate();
    const x = { image: training.image, mask: training.mask };
    const history = await network.fit(x, training.target, { epochs, batchSize: 4 });
    const after = gate();

    // How much of the true mask there is in each.
    const given = clip(test.mask, { min: 0, max: 1 });
    const row = (name: string, guess: Tensor) => {
      const overlap = intersectionOverUnion(guess, test.truth).toFixed(3);
      return [name, overlap, meanError(guess, test.truth).toFixed(3)];
    };
    print(
      viz.tableToText([
        ['mask', 'intersection over union', 'mean error'],
        row('as given', given),
        row('gate before training', before),
        row('gate after training', after),
      ]),
    );
    const isRecovered =
      intersectionOverUnion(after, test.truth) > recovered.overlap &&
      meanError(after, test.truth) < recovered.error;
    print(
      `\nThe mask is ${isRecovered ? '' : 'not '}recovered: on pictures that were not trained on, ` +
        `intersection over union above ${recovered.overlap} and mean error below ${recovered.error}.`,
    );

    const result = network.predict({ image: test.image, mask: test.mask });
    const weights = network.weight('kernel').value;
    await write(
      'mask.png',
      pngOf(
        {
          picture: asPicture(test.image),
          'noisy mask': asPicture(test.mask),
          'to learn': asPicture(test.target),
          'comes out': asPicture(result),
        },
        {
          'true mask': asPicture(test.truth),
          'gate before': asPicture(before),
          'gate after': asPicture(after),
          kernel: asKernel(reshape(weights, [kernelSize, kernelSize])),
        },
      ),
    );
    await write(
      'mask-loss.svg',
      viz.historyPlot(history, { title: 'Recovering a mask', logLoss: true }),
    );
  },
};

interface LeavesOptions {
  readonly count: number;
  readonly size: number;
  readonly seed: number;
}

const leaves = (options: LeavesOptions): Tensor => data.deadLeaves({ ...options, minRadius: 3 });

/** Pictures, for each a true mask of large discs, what is left of it in noise, and what should come out. */
function samples(image: Tensor, seed: number) {
  const [count = 0, size = 0] = image.shape;
  const random = new Random(seed).split('masks');
  const discs = { minRadius: size / 5, maxRadius: size / 3 };
  const isMeant = greater(data.deadLeaves({ count, size, seed: random, ...discs }), 0.5);
  const truth = cast(isMeant, 'float32');
  const mask = add(
    truth,
    fill(truth.shape, () => random.normal(0, noise)),
  );
  return { image, mask, truth, target: where(isMeant, sub(1, image), image) };
}

/** Pixels that both say over pixels that one of them says; a gate says those where it is above 1/2. */
export function intersectionOverUnion(gate: Tensor, truth: Tensor): number {
  const said = cast(greater(gate, 0.5), 'float32');
  return sum(mul(said, truth)).item() / sum(maximum(said, truth)).item();
}

export const meanError = (gate: Tensor, truth: Tensor): number =>
  mean(abs(sub(gate, truth))).item();
