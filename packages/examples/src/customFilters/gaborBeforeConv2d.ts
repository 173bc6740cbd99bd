/*
 * A Gabor filter before a convolution, on a picture of 256x256 pixels in colour. The filter answers to
 * stripes of one direction and width, with numbers that swing up and down around 0. The convolution
 * behind it learns from them how strong the stripes are; the filter stays what it is.
 */
import { abs, adam, broadcastTo, depthwiseConv2d, filters, input, layers } from 'gradus';
import { max, mean, reshape, sequential, split, sub, viz, type Layer, type Model } from 'gradus';
import { asHeat, asKernel, asPicture, asSigned, pngOf } from '../drawings';
import { inputPicture, type ImageOption } from '../inputPicture';
import type { Program } from '../program';

/** Stripes that rise to the right, 8 pixels from one to the next. */
const stripes = { size: 21, theta: Math.PI / 4, lambda: 8, sigma: 4, psi: Math.PI / 2 };

/** So wide that the kernel is as large as the picture. */
const wideStripes = (size: number) => ({ ...stripes, size, lambda: size / 4, sigma: size / 8 });

/** One way: a function that convolves each channel with the kernel. */
export function gaborByLambda(options: typeof stripes, channels: number): Layer {
  const kernel = reshape(filters.gabor(options), [options.size, options.size, 1, 1]);
  const forEachChannel = broadcastTo(kernel, [options.size, options.size, channels, 1]);
  return layers.lambda((x) => depthwiseConv2d(x, forEachChannel, { padding: 'same' }), {
    name: 'gabor',
  });
}

/** The other way: the layer that is there for it. Its kernel can also be a weight. */
export function gaborByLayer(options: typeof stripes, trainable = false): Layer {
  return layers.gabor({ ...options, padding: 'same', trainable, name: 'gabor' });
}

/** The convolution behind it. */
const look = {
  filters: 4,
  kernelSize: 3,
  padding: 'same',
  activation: 'relu',
  name: 'look',
} as const;

/** The filter, and behind it what is to be learned. */
export function modelBehind(filter: Layer, size: number): Model {
  const model = sequential(
    [
      input([size, size, 3]),
      filter,
      layers.conv2d(look),
      layers.conv2d({ filters: 1, kernelSize: 1, name: 'sum' }),
    ],
    { name: 'gabor', seed: 5 },
  );
  model.compile({ optimizer: adam({ learningRate: 0.02 }), loss: 'meanSquaredError' });
  return model;
}

export const gaborBeforeConv2d: Program<ImageOption> = {
  summary: 'a Gabor filter before a convolution',

  async run({ image, quick, print, write }) {
    const [size, epochs] = quick ? [64, 4] : [256, 40];
    const picture = await inputPicture({ size, channels: 3, image });
    const apply = (filter: Layer) => sequential([input([size, size, 3]), filter]).predict(picture);

    // Both ways, with a kernel of 21x21 and with one as large as the picture.
    for (const options of [stripes, wideStripes(size)]) {
      const [byLambda, byLayer] = [gaborByLambda(options, 3), gaborByLayer(options)];
      const difference = max(abs(sub(apply(byLambda), apply(byLayer)))).item();
      const kernel = `${options.size}x${options.size}`;
      print(`Gabor ${kernel}: the lambda and layers.gabor differ by ${difference}.`);
      const pictures = {
        picture: asPicture(picture),
        [`Gabor ${kernel}`]: asKernel(filters.gabor(options)),
        response: asSigned(apply(byLayer)),
      };
      await write(`gabor-${kernel}.png`, pngOf(pictures));
    }

    // What is to be learned: how far the response swings, in the mean over the channels.
    const strength = mean(abs(apply(gaborByLayer(stripes))), { axis: -1, keepDims: true });
    const average = mean(strength).item();
    const learn = async (model: Model): Promise<string> => {
      await model.fit(picture, strength, { epochs });
      const error = mean(abs(sub(model.predict(picture), strength))).item();
      return `${((100 * error) / average).toFixed(0)} %`;
    };

    // With the kernel in a lambda, as a weight that is frozen, and as one that is trained too.
    const model = modelBehind(gaborByLambda(stripes, 3), size);
    const frozen = modelBehind(gaborByLayer(stripes, true), size);
    const trained = modelBehind(gaborByLayer(stripes, true), size);
    frozen.freeze('0_gabor');
    const before = frozen.weight('0_gabor/kernel').snapshot();
    const changeIn = ({ variables: [kernel] }: Model): number =>
      max(abs(sub(kernel!.value, before))).item();
    print(`\n${frozen.summary()}\n`);
    print(
      viz.tableToText([
        ['kernel', 'mean error', 'kernel changed by'],
        ['in a lambda', await learn(model), '-'],
        ['frozen weight', await learn(frozen), changeIn(frozen)],
        ['trained weight', await learn(trained), changeIn(trained).toFixed(3)],
      ]),
    );

    // What the convolution has made of it: four maps, and their sum.
    const maps = sequential([input([size, size, 3]), gaborByLayer(stripes), layers.conv2d(look)]);
    maps.setWeights(model.getWeights().slice(0, 2));
    const [first, second, third, fourth] = split(maps.predict(picture), 4, { axis: -1 });
    await write(
      'gabor-learned.png',
      pngOf({
        'to learn': asHeat(strength),
        learned: asHeat(model.predict(picture)),
        'map 1': asHeat(first!),
        'map 2': asHeat(second!),
        'map 3': asHeat(third!),
        'map 4': asHeat(fourth!),
      }),
    );
  },
};
