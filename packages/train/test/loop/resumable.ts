import { batchNormalization, dense, dropout, input } from '@gradus/layers';
import { adam } from '@gradus/optimizers';
import { fill, Random, tensor } from '@gradus/tensor';
import {
  auc,
  decodeModel,
  encodeModel,
  precision,
  rootMeanSquaredError,
  sequential,
  type Callback,
  type FitOptions,
  type Model,
} from '../../src/index';

/* A training that draws random numbers, has state in its layers, and measures by counting. */

export const random = new Random(7);
export const x = fill([10, 3], () => random.normal());
export const y = tensor(
  Float32Array.from({ length: 10 }, (_, i) => ((i * i) % 3 === 0 ? 1 : 0)),
  [10, 1],
);
export const [epochs, steps] = [6, 2];
export const options: FitOptions = { epochs, batchSize: 4, seed: 5, validationSplit: 0.3 };

export const made = (): Model => {
  const model = sequential([
    input([3]),
    dense({ units: 4, activation: 'tanh' }),
    batchNormalization(),
    dropout({ rate: 0.5 }),
    dense({ units: 1, activation: 'sigmoid' }),
  ]);
  model.compile({
    optimizer: adam({ learningRate: 0.2 }),
    loss: 'binaryCrossentropy',
    metrics: ['accuracy', precision(), auc(), rootMeanSquaredError()],
  });
  return model;
};

/** Stops after so many steps. */
export const stopAfter = (count: number): Callback => {
  let made = 0;
  return {
    onBatchEnd(_batch, _logs, context) {
      made += 1;
      if (made === count) context.stop();
    },
  };
};

/** As it is read again. */
export const again = (model: Model): Model => decodeModel(encodeModel(model));
