import { sizeOf } from '@gradus/tensor';
import type { Layer, ShapeOf, Value } from '../src/index';
import { buildLayer, layerPath } from './builtLayer';
import type { LayerExpectations } from './checkLayer';

/**
 * What a layer turns out to be for an input: the expectations that it would meet. For programs that
 * show it to somebody; a test that expects what it has found says nothing of shapes and weights.
 * @throws what the layer throws, if it cannot take the input.
 */
export function foundInLayer<In extends Value, Out extends Value>(
  layer: Layer<In, Out>,
  input: ShapeOf<In>,
): Pick<LayerExpectations<In, Out>, 'outputShape' | 'weights' | 'parameters'> {
  const outputShape = layer.outputShape(input);
  const { variables } = buildLayer({ layer, input, seed: 0 }, 'float64');
  const count = (trainable: boolean): number =>
    variables
      .filter((variable) => variable.trainable === trainable)
      .reduce((total, { value }) => total + sizeOf(value.shape), 0);
  return {
    outputShape: () => outputShape,
    weights: Object.fromEntries(
      variables.map(({ name, value }) => [name.slice(`${layerPath}/`.length), value.shape]),
    ),
    parameters: { trainable: count(true), nonTrainable: count(false) },
  };
}
