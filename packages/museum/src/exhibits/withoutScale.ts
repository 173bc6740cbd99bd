import { add, customGradient, defineLayer, mul, sum, type Layer, type Tensor } from 'gradus';
import { checkLayer } from 'gradus/testing';
import { checkExhibit, type State } from '../exhibit';

/** The last step of a normalization, y = gamma x + beta, without gamma. */
function shift(state: State): Layer {
  const gamma: Tensor | undefined = undefined;
  const shifted = customGradient('shift', (x: Tensor, beta: Tensor) => ({
    value: add(x, beta),
    gradient: (dy) => [
      // What is not there is undefined, which the types were told to overlook.
      state === 'wrong' ? mul(dy, gamma as never) : dy,
      sum(dy, { axis: 0 }),
    ],
  }));
  return defineLayer<Tensor>({
    kind: 'shift',
    config: {},
    outputShape: (input) => input,
    build(input, scope) {
      const beta = scope.variable('beta', input, 'zeros');
      return (x) => shifted(x, beta.value);
    },
  });
}

export const withoutScale = checkExhibit({
  entry: 4,
  title: 'Batch normalization without scale crashes in training',
  source: 'TensorFlow.js, BatchNormalization with scale: false (issue 2868)',
  error:
    'Without scale there is no gamma, and the forward pass knows it. The gradient multiplied by it in any ' +
    'case.',
  check: [
    'checkLayer',
    (state) =>
      checkLayer(shift(state), {
        input: [3],
        outputShape: (shape) => shape,
        weights: { beta: [3] },
        parameters: { trainable: 3, nonTrainable: 0 },
        reading: { layers: { shift: () => shift(state) } },
      }),
  ],
});
