/*
 * An averaging filter before max pooling, on 64x64 pixels of grey with noise. Max pooling keeps the
 * largest of four pixels, so it picks out the noise and gets brighter the more there is. Averages have
 * less of it; but they are a little blurred.
 */
import { abs, add, conv2d, fill, filters, input, layers } from 'gradus';
import { max, mean, Random, reshape, sequential, sub, viz, type Layer, type Tensor } from 'gradus';
import { asPicture, pngOf } from '../drawings';
import { inputPicture, type ImageOption } from '../inputPicture';
import type { Program } from '../program';

const size = 64;
const noise = 0.15;
const filterSize = 3;

/** One way: a function that convolves with the kernel. */
export function averageByLambda(): Layer {
  const kernel = reshape(filters.averaging({ size: filterSize }), [filterSize, filterSize, 1, 1]);
  return layers.lambda((x) => conv2d(x, kernel, { padding: 'same' }), { name: 'average' });
}

/** The other way: the layer that is there for it. */
export function averageByLayer(): Layer {
  return layers.averageFilter({ size: filterSize, padding: 'same', name: 'average' });
}

/** Max pooling of 2x2 pixels, behind the filter. */
export const poolBehind = (filter: Layer) =>
  sequential([input([size, size, 1]), filter, layers.maxPooling2d({ poolSize: 2 })], {
    name: 'pooled',
  });

export const averageBeforeMaxPooling: Program<ImageOption> = {
  summary: 'an averaging filter before max pooling',

  async run({ image, print, write }) {
    const clean = await inputPicture({ size, channels: 1, image });
    const random = new Random(1);
    const noisy = add(
      clean,
      fill(clean.shape, () => random.normal(0, noise)),
    );

    // Both ways.
    const [byLambda, byLayer] = [poolBehind(averageByLambda()), poolBehind(averageByLayer())];
    print(byLayer.summary());
    const difference = max(abs(sub(byLambda.predict(noisy), byLayer.predict(noisy)))).item();
    print(`\nThe lambda and layers.averageFilter differ by ${difference}.\n`);

    // With the filter and without it, beside what pooling gives where there is no noise.
    const pool = sequential([input([size, size, 1]), layers.maxPooling2d({ poolSize: 2 })]);
    const wanted = pool.predict(clean);
    const row = (name: string, pooled: Tensor) => {
      const error = sub(pooled, wanted);
      return [name, mean(error).item().toFixed(3), mean(abs(error)).item().toFixed(3)];
    };
    print(
      viz.tableToText([
        ['max pooling', 'brighter by', 'mean error'],
        row('of the noisy picture', pool.predict(noisy)),
        row('of its averages', byLayer.predict(noisy)),
      ]),
    );

    await write(
      'average.png',
      pngOf(
        {
          clean: asPicture(clean),
          noisy: asPicture(noisy),
          mean: asPicture(sequential([input([size, size, 1]), averageByLayer()]).predict(noisy)),
        },
        {
          'clean, pooled': asPicture(wanted),
          'noisy, pooled': asPicture(pool.predict(noisy)),
          'mean, pooled': asPicture(byLayer.predict(noisy)),
        },
      ),
    );
  },
};
