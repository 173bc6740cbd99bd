import { customGradient, exp, log, mul, pow, sum, tensor, type Tensor } from 'gradus';
import { checkGradients } from 'gradus/testing';
import { checkExhibit, type State } from '../exhibit';

/** Functions of each element, and their slopes. */
const functions: readonly (readonly [string, (x: Tensor) => Tensor, (x: Tensor) => Tensor])[] = [
  ['exp', exp, exp],
  ['log', log, (x) => pow(x, -1)],
];

export const zeroGradients = functions.map(([name, f, slope]) => {
  const withSlope = (state: State): ((x: Tensor) => Tensor) =>
    customGradient(name, (x: Tensor) => ({
      value: f(x),
      gradient: (dy) => [mul(dy, state === 'wrong' ? 0 : slope(x))],
    }));
  return checkExhibit({
    entry: 16,
    title: `A gradient of ${name} that is 0 passes the gradient check`,
    source: `minitorch, the tests of ${name}; grad_check`,
    error:
      'One element of each argument was compared, with a tolerance of 1e-2, at points where that could ' +
      'not fail. So a gradient that nobody had written passed.',
    check: [
      'checkGradients',
      (state) => {
        const at = tensor(Float64Array.of(0.5, 1, 2), [3]);
        checkGradients((x: Tensor) => sum(withSlope(state)(x)), at);
      },
    ],
  });
});
