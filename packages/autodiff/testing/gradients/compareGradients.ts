import type { Tensor } from '@gradus/tensor';
import { compareDirections } from './compareDirections';
import { defaultSteps } from './differences';
import { ElementJudge } from './elementJudge';
import type { GradientReport } from './gradientReport';
import { Neighbourhood, type ValueAt } from './neighbourhood';

/** Gradients of a scalar function of tensors at a point, and the function itself. */
export interface GradientProblem {
  /** The function's value at float64 inputs; those that stay as they are are always the same. */
  readonly value: ValueAt;
  /** The point, whose numbers are float32 or float64. */
  readonly at: readonly Tensor[];
  /** What is judged: one for each input, shaped like it. */
  readonly gradients: readonly Tensor[];
  /** Of the inputs. */
  readonly names: readonly string[];
  /** How messages about each input's gradient begin. Default: `gradient of NAME`. */
  readonly labels?: readonly string[];
  /** The value at the point, if it is known. */
  readonly atPoint?: number;
}

/** How gradients are compared with central differences. */
export interface Comparison {
  /**
   * The largest difference allowed, relative to the largest slope with respect to an input. Default
   * 1e-6, or 1e-4 if one of the gradients is float32.
   */
  readonly tolerance?: number;
  /**
   * Along how many random directions to compare, in place of element by element. Default: every
   * element of up to 1000, 10 directions of more.
   */
  readonly directions?: number;
  /**
   * Slopes smaller than this are compared as if the largest were as large: where larger terms cancel, what
   * is left is rounding. Default 0.
   */
  readonly leastScale?: number;
  /** Of the directions. Default 0. */
  readonly seed?: number;
  /** Step sizes, three or more, largest first. Default: from 2^-9 down by halves to 2^-23. */
  readonly steps?: readonly number[];
}

/** Largest differences allowed by default, by the element type of the gradient. */
export const gradientTolerances = { float64: 1e-6, float32: 1e-4 } as const;

/** So many elements are compared one by one. */
const fewElements = 1000;

const defaultDirections = 10;

/**
 * Compares gradients with central differences in float64: element by element, or along random
 * directions. Kinks are left out, each with a word in the report; see `requireDecided`.
 * @throws GradientError where a gradient is wrong.
 */
export function compareGradients(
  { value, at, gradients, names, labels, atPoint }: GradientProblem,
  {
    tolerance = toleranceFor(gradients),
    directions,
    leastScale = 0,
    seed = 0,
    steps = defaultSteps,
  }: Comparison = {},
): GradientReport {
  const point = new Neighbourhood(value, at, atPoint);
  const judge = new ElementJudge(point, {
    received: gradients.map((gradient) => Float64Array.from(gradient.toTypedArray())),
    names,
    labels: labels ?? names.map((name) => `gradient of ${name}`),
    tolerance,
    leastScale,
    steps,
  });
  if (directions === undefined && point.size <= fewElements) return judge.judgeAll();
  return compareDirections(judge, { count: directions ?? defaultDirections, seed });
}

/** The tolerance by the least exact element type. */
export function toleranceFor(tensors: readonly Tensor[]): number {
  const single = tensors.some(({ dtype }) => dtype === 'float32');
  return gradientTolerances[single ? 'float32' : 'float64'];
}
