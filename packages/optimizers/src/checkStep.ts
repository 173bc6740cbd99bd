import { Variable } from '@gradus/autodiff';
import {
  DTypeError,
  formatShape,
  OptionError,
  sameShape,
  ShapeError,
  Tensor,
} from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';

/**
 * Checks that a step can be made.
 * @param op the optimizer's name, for errors.
 * @throws OptionError if there is not one gradient for each weight.
 * @throws ShapeError or DTypeError if a gradient does not fit its weight.
 */
export function checkStep(
  op: string,
  weights: readonly Variable[],
  gradients: readonly Tensor[],
): void {
  checkWeights(op, weights);
  checkList(op, 'gradients', gradients);
  if (weights.length !== gradients.length) {
    throw new OptionError({
      op,
      expected: `${weights.length} gradients, one for each weight`,
      received: String(gradients.length),
    });
  }
  weights.forEach((weight, i) => checkGradient(op, weight, gradients[i]!));
}

/**
 * Checks that a list of weights is one.
 * @throws OptionError if it is not.
 */
export function checkWeights(op: string, weights: readonly Variable[]): void {
  checkList(op, 'variables', weights);
  weights.forEach((weight: unknown) => {
    if (weight instanceof Variable) return;
    throw new OptionError({ op, expected: 'an array of variables', received: inWords(weight) });
  });
}

function checkList(op: string, what: string, list: readonly unknown[]): void {
  if (Array.isArray(list)) return;
  throw new OptionError({ op, expected: `an array of ${what}`, received: inWords(list) });
}

/** Broadcasting would take a gradient of another shape without a word. */
function checkGradient(op: string, { name, value }: Variable, gradient: Tensor): void {
  const isTensor = gradient instanceof Tensor;
  const fits = isTensor && sameShape(gradient.shape, value.shape);
  if (fits && gradient.dtype === value.dtype) return;
  const expected = `a gradient like ${name}, ${value.dtype} ${formatShape(value.shape)}`;
  if (!isTensor) throw new OptionError({ op, expected, received: inWords(gradient) });
  const received = `${gradient.dtype} ${formatShape(gradient.shape)}`;
  if (!fits) throw new ShapeError({ op, expected, received });
  throw new DTypeError({ op, expected, received });
}
