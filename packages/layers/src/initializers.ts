import {
  fill,
  OptionError,
  sizeOf,
  type FloatDType,
  type Random,
  type Shape,
  type Tensor,
} from '@gradus/tensor';

/** How a variable gets its first values. */
export interface Initializer {
  readonly kind: string;
  readonly config: object;
  create(shape: Shape, random: Random, dtype: FloatDType): Tensor;
}

type Draw = (random: Random, shape: Shape) => number;

function initializer(kind: string, config: object, draw: Draw): Initializer {
  return {
    kind,
    config,
    create: (shape, random, dtype) => fill(shape, () => draw(random, shape), dtype),
  };
}

/** All values 0. */
export const zeros = (): Initializer => constant(0);

/** All values 1. */
export const ones = (): Initializer => constant(1);

/** All values the same. */
export const constant = (value: number): Initializer =>
  initializer('constant', { value }, () => value);

/** Evenly distributed from `minimum` to `maximum`. Default -0.05 to 0.05. */
export const randomUniform = ({ minimum = -0.05, maximum = 0.05 } = {}): Initializer =>
  initializer('randomUniform', { minimum, maximum }, (random) => random.uniform(minimum, maximum));

/** Normally distributed. Default mean 0, standard deviation 0.05. */
export const randomNormal = ({ mean = 0, standardDeviation = 0.05 } = {}): Initializer =>
  initializer('randomNormal', { mean, standardDeviation }, (random) =>
    random.normal(mean, standardDeviation),
  );

/** Normally distributed, drawn again beyond two standard deviations. Default 0 and 0.05. */
export const truncatedNormal = ({ mean = 0, standardDeviation = 0.05 } = {}): Initializer =>
  initializer('truncatedNormal', { mean, standardDeviation }, (random) =>
    random.truncatedNormal(mean, standardDeviation),
  );

/** The standard deviation of a normal distribution cut off at two of its standard deviations. */
const truncatedDeviation = 0.87962566103423978;

/** A uniform distribution of variance `varianceOf(fans)`, hence of limit sqrt(3 variance). */
function scaledUniform(kind: string, varianceOf: (fans: Fans) => number): Initializer {
  return initializer(kind, {}, (random, shape) => {
    const limit = Math.sqrt(3 * varianceOf(fansOf(shape)));
    return random.uniform(-limit, limit);
  });
}

/** A truncated normal distribution of variance `varianceOf(fans)` after the truncation. */
function scaledNormal(kind: string, varianceOf: (fans: Fans) => number): Initializer {
  return initializer(kind, {}, (random, shape) => {
    const deviation = Math.sqrt(varianceOf(fansOf(shape))) / truncatedDeviation;
    return random.truncatedNormal(0, deviation);
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

const byName = {
  zeros,
  ones,
  randomUniform,
  randomNormal,
  truncatedNormal,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
} as const;

/** An initializer with its defaults, by name. */
export type InitializerName = keyof typeof byName;

/** An initializer, or the name of one. */
export type InitializerLike = Initializer | InitializerName;

/**
 * The initializer that a layer's option means.
 * @throws OptionError if there is none of that name.
 */
export function resolveInitializer(option: InitializerLike): Initializer {
  if (typeof option !== 'string') return option;
  if (Object.hasOwn(byName, option)) return byName[option]();
  throw new OptionError({
    op: 'initializer',
    expected: `one of ${Object.keys(byName).join(', ')}`,
    received: `'${String(option)}'`,
  });
}
