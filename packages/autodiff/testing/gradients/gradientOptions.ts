import type { Backend } from '@gradus/kernels';
import { OptionError, type Tensor } from '@gradus/tensor';
import {
  checkFunctions,
  checkLists,
  checkNumber,
  checkObjects,
  checkText,
  checkWhole,
  optionsOf,
  refuseOthers,
} from '@gradus/tensor/options';
import type { Comparison } from './compareGradients';

/** How thoroughly a gradient is checked, and which. */
export interface GradientCheck extends Comparison {
  /**
   * How many elements or directions may be left out because of kinks and ties, over all points.
   * Default: one in ten, or one.
   */
  readonly kinks?: number;
  /** How messages call the inputs. Default: `x`, or `x0`, `x1` and so on; variables have names. */
  readonly names?: readonly string[];
  /** Where the gradient is computed. Default: the current engine. */
  readonly engine?: Backend;
  /** Points to draw, if `at` generates them. Default 100. */
  readonly runs?: number;
  /** Of fast-check, as a failure names it: begins with its smallest case. */
  readonly path?: string;
  /**
   * The gradients to judge, one for each input, in place of those that Gradus finds: of an
   * implementation of yours.
   */
  readonly gradient?: (...inputs: readonly Tensor[]) => Tensor | readonly Tensor[];
}

const known = [
  'tolerance',
  'leastScale',
  'directions',
  'seed',
  'steps',
  'kinks',
  'names',
  'engine',
  'runs',
  'path',
  'gradient',
];

/** Below this, rounding of the function's values alone makes differences disagree. */
export const leastTolerances = { float64: 1e-10, float32: 1e-7 } as const;

/** The name under which errors about arguments go. */
export const checkName = 'checkGradients';

/** @throws OptionError if an option is not what it must be. */
export function checkedOptions(given: GradientCheck): GradientCheck {
  const options = optionsOf(checkName, given);
  refuseOthers(checkName, known, options);
  const { tolerance, leastScale, directions, seed, steps, kinks, names, runs, path } = options;
  const only = <T>(name: string, value: T | undefined): Record<string, T> =>
    value === undefined ? {} : { [name]: value };
  checkNumber(checkName, only('tolerance', tolerance), [0, 0.1]);
  checkNumber(checkName, only('leastScale', leastScale), [0, Infinity]);
  checkWhole(checkName, { ...only('directions', directions), ...only('runs', runs) });
  checkWhole(checkName, only('seed', seed), Number.MIN_SAFE_INTEGER);
  checkWhole(checkName, only('kinks', kinks), 0);
  checkLists(checkName, { ...only('steps', steps), ...only('names', names) });
  checkObjects(checkName, only('engine', options.engine));
  checkFunctions(checkName, only('gradient', options.gradient));
  for (const name of names ?? []) checkText(checkName, { names: name });
  if (path !== undefined) checkText(checkName, { path });
  if (steps !== undefined) checkSteps(steps);
  return options;
}

/** @throws OptionError if the tolerance is one that no right gradient of such inputs could meet. */
export function checkTolerance(tolerance: number, inputs: readonly Tensor[]): void {
  const dtype = inputs.some((x) => x.dtype === 'float32') ? 'float32' : 'float64';
  const least = leastTolerances[dtype];
  if (tolerance >= least) return;
  throw new OptionError({
    op: checkName,
    expected: `a tolerance of at least ${least} for ${dtype}`,
    received: String(tolerance),
    hint: 'Rounding alone makes right gradients and differences disagree by more than less.',
  });
}

function checkSteps(steps: readonly number[]): void {
  const falls = steps.every((step, k) => step > 0 && (k === 0 || step < steps[k - 1]!));
  if (steps.length >= 3 && falls && Number.isFinite(steps[0])) return;
  throw new OptionError({
    op: checkName,
    expected: 'three or more steps above 0, the largest first',
    received: `[${steps.join(', ')}]`,
  });
}
