import { mul } from '@gradus/autodiff';
import { fill, type FloatDType, type Random, type Shape, type Tensor } from '@gradus/tensor';
import { checkNumber } from '@gradus/tensor/options';
import { checkImage } from '../options/checkImage';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import { checkSeed, seededStream } from './seededStream';

/** Options of `dropout` and `spatialDropout2d`, with Keras's names. */
export interface DropoutConfig {
  /** How much is dropped, 0 to 1. */
  readonly rate: number;
  /** A whole number that decides what is dropped. Default: the model's. */
  readonly seed?: number;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/**
 * Sets numbers to 0 in training, each with probability `rate`, and multiplies the others with
 * 1 / (1 - rate), so that the mean stays: N. Srivastava et al., "Dropout", JMLR 15, 2014. Outside
 * training, and for samples of any shape, it gives what it gets.
 * @throws OptionError if rate or seed is out of range.
 */
export function dropout(config: DropoutConfig): Layer {
  return droppingLayer('dropout', config, { of: (input) => input, check: () => undefined });
}

/**
 * As `dropout`, but whole channels of images [height, width, channels] are dropped or kept, as
 * neighbouring pixels tell the same: J. Tompson et al., arXiv:1411.4280, section 3.2.
 * @throws OptionError if rate or seed is out of range.
 * @throws ShapeError, when it is built, if a sample is no image.
 */
export function spatialDropout2d(config: DropoutConfig): Layer {
  return droppingLayer('spatialDropout2d', config, {
    of: (input) => [1, 1, input[2]!],
    check: (input) => checkImage('spatialDropout2d', input),
  });
}

/** What is dropped together. */
interface Mask {
  /** The mask's shape for one sample, which is broadcast to the sample's. */
  readonly of: (input: Shape) => Shape;
  readonly check: (input: Shape) => void;
}

function droppingLayer(kind: string, given: DropoutConfig, mask: Mask): Layer {
  const config = frozenOptions(kind, given);
  const { rate, seed, name } = config;
  checkNumber(kind, { rate }, [0, 1]);
  checkSeed(kind, seed);
  return defineLayer<Tensor>({
    kind,
    name,
    config,
    outputShape(input) {
      mask.check(input);
      return input;
    },
    build(input) {
      mask.check(input);
      return (x, { training, random }) => {
        if (!training || rate === 0) return x;
        const shape = [x.shape[0]!, ...mask.of(x.shape.slice(1))];
        return mul(
          x,
          drawnMask(shape, rate, { dtype: x.dtype, random: seededStream(random, seed) }),
        );
      };
    },
  });
}

interface Drawing {
  readonly dtype: Tensor['dtype'];
  readonly random: Random;
}

/** 0 with probability `rate`, to 2^-32, and otherwise 1 / (1 - rate). */
function drawnMask(shape: Shape, rate: number, { dtype, random }: Drawing): Tensor {
  const limit = rate * 2 ** 32;
  const kept = 1 / (1 - rate);
  return fill(shape, () => (random.bits() < limit ? 0 : kept), dtype as FloatDType);
}
