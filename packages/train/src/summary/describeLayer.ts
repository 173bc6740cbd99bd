import type { Variable } from '@gradus/autodiff';
import { rootScope, type Layer, type ShapeOf, type Value } from '@gradus/layers';
import { Random, type FloatDType, type Tensor } from '@gradus/tensor';
import { checkChoice, checkText } from '@gradus/tensor/options';

/** What a model consists of, without the numbers: enough for a summary, or to build it. */
export interface ModelDescription<In extends Value = Tensor, Out extends Value = Tensor> {
  /** The first part of its weights' names. */
  readonly name: string;
  readonly layer: Layer<In, Out>;
  /** The shape of one sample. */
  readonly inputShape: ShapeOf<In>;
  /** The shape of one sample's result. */
  readonly outputShape: ShapeOf<Out>;
  /** Its weights by name, shape and whether they are trained; they have no values. */
  readonly variables: readonly Variable[];
}

/** What a description says besides the layer. */
export interface DescribeOptions {
  /** Default 'model'. */
  readonly name?: string;
  /** Element type of weights. Default float32. */
  readonly dtype?: FloatDType;
}

/**
 * What a model of a layer would consist of. It takes no memory for weights, and no time to draw them:
 * `console.log(summaryText(summaryOf(describeLayer(layer, [224, 224, 3]))))`.
 * @param inputShape of one sample.
 * @throws ShapeError or OptionError, as the model would.
 */
export function describeLayer<In extends Value, Out extends Value>(
  layer: Layer<In, Out>,
  inputShape: ShapeOf<In>,
  { name = 'model', dtype = 'float32' }: DescribeOptions = {},
): ModelDescription<In, Out> {
  checkText('describeLayer', { name });
  checkChoice('describeLayer', { dtype }, ['float32', 'float64']);
  const scope = rootScope(name, { random: new Random(0), dtype, withValues: false });
  layer.build(inputShape, scope);
  const outputShape = layer.outputShape(inputShape);
  return { name, layer, inputShape, outputShape, variables: scope.variables };
}
