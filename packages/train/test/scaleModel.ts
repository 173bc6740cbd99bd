import { conv2d, initializers, input, lambda } from '@gradus/layers';
import { sgd, type Optimizer } from '@gradus/optimizers';
import { tensor, type Tensor } from '@gradus/tensor';
import { sequential, type Loss, type LossName, type Model } from '../src/index';

/** What a model of one weight is made with. */
export interface ScaleOptions {
  readonly weight?: number;
  readonly optimizer?: Optimizer;
  readonly loss?: Loss | LossName;
}

/** The model y = w x of single numbers, compiled: simple enough to work out by hand. */
export function scaleModel({
  weight = 2,
  optimizer = sgd({ learningRate: 1 / 16 }),
  loss = 'mse',
}: ScaleOptions = {}): Model {
  const scale = conv2d({
    filters: 1,
    kernelSize: 1,
    useBias: false,
    kernelInitializer: initializers.constant(weight),
  });
  const model = sequential([input([1, 1, 1]), scale]);
  model.compile({ optimizer, loss });
  return model;
}

/** Samples for it, [numbers, 1, 1, 1]. */
export function samples(...numbers: readonly number[]): Tensor {
  return tensor(Float32Array.from(numbers), [numbers.length, 1, 1, 1]);
}

/** A layer that passes its input on, and tells how it was called. */
export function listeningLayer(
  listen: (x: Tensor, context: { training: boolean; draw: number }) => void,
): ReturnType<typeof lambda> {
  return lambda(
    (x, { training, random }) => {
      listen(x, { training, draw: random.uniform() });
      return x;
    },
    { outputShape: (shape) => shape },
  );
}
