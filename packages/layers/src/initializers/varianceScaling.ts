import { sizeOf, type Shape } from '@gradus/tensor';
import { elementwise, type Initializer } from './initializer';

/** The standard deviation of a normal distribution cut off at two of its standard deviations. */
const truncatedDeviation = 0.87962566103423978;

/** A uniform distribution of variance `varianceOf(fans)`, hence of limit sqrt(3 variance). */
function scaledUniform(kind: string, varianceOf: (fans: Fans) => number): Initializer {
  return elementwise(kind, {}, (shape) => {
    const limit = Math.sqrt(3 * varianceOf(fansOf(shape)));
    return (random) => random.uniform(-limit, limit);
  });
}

/** A truncated normal distribution of variance `varianceOf(fans)` after the truncation. */
function scaledNormal(kind: string, varianceOf: (fans: Fans) => number): Initializer {
  return elementwise(kind, {}, (shape) => {
    const deviation = Math.sqrt(varianceOf(fansOf(shape))) / truncatedDeviation;
    return (random) => random.truncatedNormal(0, deviation);
  });
}

const glorot = ({ fanIn, fanOut }: Fans): number => 2 / (fanIn + fanOut);
const he = ({ fanIn }: Fans): number => 2 / fanIn;
const lecun = ({ fanIn }: Fans): number => 1 / fanIn;

/**
 * Uniform of limit sqrt(6 / (fanIn + fanOut)): keeps the variance of activations and gradients from
 * layer to layer. X. Glorot, Y. Bengio, AISTATS 2010, equation 16.
 */
export const glorotUniform = (): Initializer => scaledUniform('glorotUniform', glorot);

/** Truncated normal of variance 2 / (fanIn + fanOut). Glorot and Bengio 2010. */
export const glorotNormal = (): Initializer => scaledNormal('glorotNormal', glorot);

/** Uniform of variance 2 / fanIn, for ReLU. K. He et al., ICCV 2015, arXiv:1502.01852, equation 10. */
export const heUniform = (): Initializer => scaledUniform('heUniform', he);

/** Truncated normal of variance 2 / fanIn, for ReLU. He et al. 2015. */
export const heNormal = (): Initializer => scaledNormal('heNormal', he);

/** Uniform of variance 1 / fanIn. Y. LeCun et al., "Efficient BackProp", 1998, section 4.6. */
export const lecunUniform = (): Initializer => scaledUniform('lecunUniform', lecun);

/** Truncated normal of variance 1 / fanIn. LeCun et al. 1998. */
export const lecunNormal = (): Initializer => scaledNormal('lecunNormal', lecun);

interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** How many inputs an output sees and how many outputs an input reaches: receptive field x channels. */
function fansOf(shape: Shape): Fans {
  if (shape.length < 2) return { fanIn: sizeOf(shape), fanOut: sizeOf(shape) };
  const receptiveField = sizeOf(shape.slice(0, -2));
  return {
    fanIn: receptiveField * shape.at(-2)!,
    fanOut: receptiveField * shape.at(-1)!,
  };
}
