import { greater, mul, where } from '@gradus/autodiff';
import type { Shape, Tensor } from '@gradus/tensor';
import { checkFlags } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import type { ConstraintLike } from '../constraints';
import type { InitializerLike } from '../initializers';
import { defineLayer, type Layer } from '../core/layer';
import type { RegularizerLike } from '../regularizers';
import { checkAxes, sampleAxes } from '../options/sampleAxes';

/** Options of `prelu`, with Keras's names and defaults. */
export interface PreluConfig {
  /** Default 'zeros'. */
  readonly alphaInitializer?: InitializerLike;
  /** What the slopes add to the loss. Default nothing. */
  readonly alphaRegularizer?: RegularizerLike;
  /** What is done to the slopes after each step of training. Default nothing. */
  readonly alphaConstraint?: ConstraintLike;
  /** Axes along which one slope serves all, [1, 2] for one per channel of an image. Default: none. */
  readonly sharedAxes?: readonly number[];
  /** Whether training changes the slopes. Default true. */
  readonly trainable?: boolean;
  /** Default 'prelu'. */
  readonly name?: string;
}

/**
 * x where it is above 0, and alpha x elsewhere, with a slope for each number of a sample that is
 * learned: K. He et al., arXiv:1502.01852. Its weight is `alpha`, shaped like a sample, or 1 along
 * shared axes.
 * @throws OptionError if sharedAxes is no list of whole numbers.
 * @throws ShapeError, when it is built, if a sample has no such axis.
 */
export function prelu(given: PreluConfig = {}): Layer {
  const config = frozenOptions('prelu', given);
  const { alphaInitializer = 'zeros', sharedAxes = [], trainable = true } = config;
  checkAxes('prelu', sharedAxes, { name: 'sharedAxes', least: 0 });
  checkFlags('prelu', { trainable });
  const alphaShape = (input: Shape): Shape => {
    const shared = sampleAxes('prelu', sharedAxes, input);
    return input.map((size, axis) => (shared.includes(axis + 1) ? 1 : size));
  };
  return defineLayer<Tensor>({
    kind: 'prelu',
    name: config.name,
    config,
    outputShape(input) {
      alphaShape(input);
      return input;
    },
    build(input, scope) {
      const alpha = scope.variable('alpha', alphaShape(input), alphaInitializer, {
        trainable,
        regularizer: config.alphaRegularizer,
        constraint: config.alphaConstraint,
      });
      return (x) => where(greater(x, 0), x, mul(x, alpha.value));
    },
  });
}
