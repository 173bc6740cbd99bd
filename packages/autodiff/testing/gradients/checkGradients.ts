import { Tensor } from '@gradus/tensor';
import { declarations } from '@gradus/tensor/testing';
import fc from 'fast-check';
import type { Differentiable } from '../../src/index';
import type { ScalarFunction } from './conduct';
import { GradientError } from './gradientError';
import { checkedOptions, checkName, type GradientCheck } from './gradientOptions';
import { checkPoint, namesOf } from './gradientPoint';
import { mergedReports, requireDecided, type GradientReport } from './gradientReport';
import { smallestFailing } from './smallerInputs';

/** Tensors to check a function at: as many as it takes, or one. */
export type Inputs = Tensor | readonly Tensor[];

/** Where a function is checked: at tensors or variables, or wherever a generator draws tensors. */
export type Points = Differentiable | readonly Differentiable[] | fc.Arbitrary<Inputs>;

/**
 * Checks the gradient of a scalar function against central differences in float64: element by element, or
 * along random directions; from ever smaller steps, extrapolated, until the slope is known. Where it has
 * none, at kinks and ties, that is said and left out. A wrong gradient is reported at its worst element,
 * with the likely cause and the smallest case found.
 * @param f takes the tensors in order, as for `grad`, and must take them as float64, too.
 * @param at tensors of float32 or float64; variables of float64, which f may read itself; or a generator,
 * such as `tensors([3])` or `fc.tuple(tensors([2, 3]), tensors([3]))`, whose failures are shrunk.
 * @throws GradientError if the gradient is wrong.
 * @throws UndecidedGradientError if kinks leave too little to compare.
 * @throws ShapeError, DTypeError, OptionError or Error if an option, f or its inputs are not what they must
 * be: f gives no scalar, throws, changes its inputs, gives another value for the same inputs, or the same
 * for all.
 */
export function checkGradients(
  f: ScalarFunction,
  at: Points,
  given: GradientCheck = {},
): GradientReport {
  const options = checkedOptions(given);
  const report = isGenerator(at) ? checkDrawn(f, at, options) : checkGiven(f, listOf(at), options);
  requireDecided(checkName, report, options.kinks);
  return report;
}

/** See `failing`. */
const workForShrinking = 3e6;

/** Inputs of more elements than this are not printed. */
const mostPrinted = 100;

function isGenerator(at: Points): at is fc.Arbitrary<Inputs> {
  return at instanceof fc.Arbitrary;
}

function listOf<T>(one: T | readonly T[]): readonly T[] {
  return isList(one) ? one : [one];
}

function isList<T>(one: T | readonly T[]): one is readonly T[] {
  return Array.isArray(one);
}

function checkGiven(
  f: ScalarFunction,
  at: readonly Differentiable[],
  options: GradientCheck,
): GradientReport {
  try {
    return checkPoint(f, at, options);
  } catch (error) {
    const tensors = at.filter((x) => x instanceof Tensor);
    // Variables cannot be made smaller: f reads them itself.
    if (!(error instanceof GradientError) || tensors.length < at.length) throw error;
    const names = namesOf(at, options.names);
    const smallest = smallestFailing(tensors, failing(f, options));
    const code = codeOf(smallest, names);
    throw new GradientError(error.finding, { code, smaller: smallest !== tensors });
  }
}

/**
 * Whether a gradient is wrong at other inputs. After so much work that nobody would wait for more it says
 * no; each call of f is taken to cost as much as its inputs have elements.
 */
function failing(
  f: ScalarFunction,
  options: GradientCheck,
): (inputs: readonly Tensor[]) => boolean {
  let spent = 0;
  const counted: ScalarFunction = (...inputs) => {
    spent += inputs.reduce((size, x) => size + x.size, 0);
    return f(...inputs);
  };
  return (inputs) => {
    if (spent > workForShrinking) return false;
    try {
      checkPoint(counted, inputs, options);
      return false;
    } catch (error) {
      return error instanceof GradientError;
    }
  };
}

function checkDrawn(
  f: ScalarFunction,
  at: fc.Arbitrary<Inputs>,
  options: GradientCheck,
): GradientReport {
  const { runs = 100, seed = 0, path } = options;
  const reports: GradientReport[] = [];
  let first: GradientError | undefined;
  const property = fc.property(at, (drawn) => {
    try {
      reports.push(checkPoint(f, listOf(drawn), options));
    } catch (error) {
      if (error instanceof GradientError) first ??= error;
      throw error;
    }
  });
  const details = fc.check(property, {
    numRuns: runs,
    seed,
    ...(path === undefined ? {} : { path }),
  });
  if (!details.failed) return mergedReports(reports);
  const error = details.errorInstance as Error;
  if (details.counterexample === null) throw error;
  const smallest = listOf(details.counterexample[0]);
  const code = codeOf(smallest, namesOf(smallest, options.names));
  if (first === undefined || !(error instanceof GradientError)) {
    const where = code === '' ? '' : `\nThe smallest case found:\n\n${code}\n`;
    throw new Error(`${error.message}${where}`, { cause: error });
  }
  // The first case has more elements than the smallest, so that it tells the cause better.
  const likelyCause = first.likelyCause ?? error.likelyCause;
  throw new GradientError(
    { ...error.finding, likelyCause },
    { code, seed, path: details.counterexamplePath ?? '' },
  );
}

/**
 * Inputs as code that can be pasted, nothing if they are too large to be read; names that no variable
 * can have are made so.
 */
function codeOf(inputs: readonly Tensor[], names: readonly string[]): string {
  if (inputs.reduce((size, x) => size + x.size, 0) > mostPrinted) return '';
  const named = inputs.map((x, i) => [names[i]!.replace(/\W+/g, '_'), x] as const);
  return declarations(Object.fromEntries(named));
}
