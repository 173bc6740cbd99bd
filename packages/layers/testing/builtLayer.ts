import type { Variable } from '@gradus/autodiff';
import { fill, Random, sizeOf, type FloatDType, type Tensor } from '@gradus/tensor';
import { rootScope, type Layer, type ShapeOf, type UpdateState, type Value } from '../src/index';
import { shapesOf, tensorsOf, valueOf, type Part } from '../src/index';

/** What is to be built, and the seed of everything drawn for it. */
export interface Subject<In extends Value, Out extends Value> {
  readonly layer: Layer<In, Out>;
  readonly input: ShapeOf<In>;
  readonly seed: number;
}

/** A layer in a model of its own, as a function of its input tensors in the order of `shapesOf`. */
export interface BuiltLayer {
  readonly variables: readonly Variable[];
  readonly run: (
    inputs: readonly Tensor[],
    training: boolean,
    update?: UpdateState,
  ) => readonly Part<Tensor>[];
}

/** Where the layers are built: their weights are called `model/layer/...`. */
export const layerPath = 'model/layer';

/**
 * Builds a layer with its own first weights. In one model it is built as often as there are names;
 * each gives a function, and all have the same list of variables.
 */
export function buildLayers<In extends Value, Out extends Value>(
  { layer, input, seed }: Subject<In, Out>,
  dtype: FloatDType,
  names: readonly string[],
): BuiltLayer[] {
  const scope = rootScope('model', { random: new Random(seed), dtype });
  return names.map((name) => {
    const call = scope.build(name, layer, input);
    return {
      variables: scope.variables,
      run: (inputs, training, update) => {
        const random = new Random(seed).split('call');
        return tensorsOf(
          call(
            valueOf<In>(input, (_, i) => inputs[i]!),
            { training, random, update },
          ),
        );
      },
    };
  });
}

/** Builds a layer with its own first weights in a model of its own. */
export function buildLayer<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  dtype: FloatDType,
): BuiltLayer {
  return buildLayers(subject, dtype, ['layer'])[0]!;
}

/**
 * Moves all weights by odd multiples of 1/128 up to 1/2: zeros and ones, with which they often begin,
 * would hide much. What was positive, as a variance is, stays so; and a weight that began at a whole
 * number never equals an input, where a threshold would have its kink.
 */
export function moveWeights({ variables }: BuiltLayer, seed: number): void {
  for (const variable of variables) {
    const random = new Random(seed).split('moved').split(variable.name);
    const { shape, dtype } = variable.value;
    const before = variable.value.toTypedArray();
    variable.assign(fill(shape, (i) => before[i]! + (2 * random.integer(32) + 1) / 128, dtype));
  }
}

/**
 * A batch for each input: odd multiples of 1/64 around 0, in random order, of which no two are equal,
 * so that differences meet no tie of a maximum and no kink at 0; float64.
 */
export function drawInputs<In extends Value, Out extends Value>(
  { input, seed }: Subject<In, Out>,
  batch: number,
): Tensor[] {
  const shapes = shapesOf<In>(input).map(([, shape]) => [batch, ...shape]);
  const count = shapes.reduce((total, shape) => total + sizeOf(shape), 0);
  const places = new Random(seed).split('input').permutation(count);
  const least = 1 - 2 * Math.floor(count / 2);
  let next = 0;
  return shapes.map((shape) => fill(shape, () => (least + 2 * places[next++]!) / 64, 'float64'));
}
