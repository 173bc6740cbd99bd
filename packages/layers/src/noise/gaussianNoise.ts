import { add } from '@gradus/autodiff';
import { fill, type FloatDType, type Tensor } from '@gradus/tensor';
import { checkNumber } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import { checkSeed, seededStream } from './seededStream';

/** Options of `gaussianNoise`, with Keras's names. */
export interface GaussianNoiseConfig {
  /** Standard deviation of the noise, at least 0. */
  readonly stddev: number;
  /** A whole number that decides the noise. Default: the model's. */
  readonly seed?: number;
  /** Default 'gaussianNoise'. */
  readonly name?: string;
}

/**
 * Adds to each number one of its own from the normal distribution of mean 0, in training. Outside
 * training, and for samples of any shape, it gives what it gets.
 * @throws OptionError if stddev or seed is out of range.
 */
export function gaussianNoise(given: GaussianNoiseConfig): Layer {
  const config = frozenOptions('gaussianNoise', given);
  const { stddev, seed } = config;
  checkNumber('gaussianNoise', { stddev }, [0, Infinity]);
  checkSeed('gaussianNoise', seed);
  return defineLayer<Tensor>({
    kind: 'gaussianNoise',
    name: config.name,
    config,
    outputShape: (input) => input,
    build:
      () =>
      (x, { training, random }) => {
        if (!training || stddev === 0) return x;
        const stream = seededStream(random, seed);
        return add(
          x,
          fill(x.shape, () => stream.normal(0, stddev), x.dtype as FloatDType),
        );
      },
  });
}
