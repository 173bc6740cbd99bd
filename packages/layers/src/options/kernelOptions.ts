import type { Variable } from '@gradus/autodiff';
import type { Shape } from '@gradus/tensor';
import type { ConstraintLike } from '../constraints';
import type { InitializerLike } from '../initializers';
import type { Scope } from '../core/layer';
import type { RegularizerLike } from '../regularizers';

/** Options of every layer with weights. */
export interface WeightOptions {
  /** Whether training changes the weights. Default true. */
  readonly trainable?: boolean;
}

/** How a layer's kernel is made and held. */
export interface KernelOptions extends WeightOptions {
  /** What its first values are. Default 'glorotUniform'. */
  readonly kernelInitializer?: InitializerLike;
  /** What its values add to the loss. Default nothing. */
  readonly kernelRegularizer?: RegularizerLike;
  /** What is done to its values after each step of training. Default nothing. */
  readonly kernelConstraint?: ConstraintLike;
}

/** Whether a layer has a bias, and how it is made and held. */
export interface BiasOptions extends WeightOptions {
  /** Whether a number is added to each output, or output channel. Default true. */
  readonly useBias?: boolean;
  /** What its first values are. Default 'zeros'. */
  readonly biasInitializer?: InitializerLike;
  /** What its values add to the loss. Default nothing. */
  readonly biasRegularizer?: RegularizerLike;
  /** What is done to its values after each step of training. Default nothing. */
  readonly biasConstraint?: ConstraintLike;
}

/** The weight `kernel` of a layer, as its options say. */
export function makeKernel(scope: Scope, shape: Shape, options: KernelOptions): Variable {
  const { kernelInitializer = 'glorotUniform', trainable = true } = options;
  return scope.variable('kernel', shape, kernelInitializer, {
    trainable,
    regularizer: options.kernelRegularizer,
    constraint: options.kernelConstraint,
  });
}

/** The weight `bias` of a layer, [outputs], if its options want one. */
export function makeBias(
  scope: Scope,
  outputs: number,
  options: BiasOptions,
): Variable | undefined {
  const { useBias = true, biasInitializer = 'zeros', trainable = true } = options;
  if (!useBias) return undefined;
  return scope.variable('bias', [outputs], biasInitializer, {
    trainable,
    regularizer: options.biasRegularizer,
    constraint: options.biasConstraint,
  });
}
