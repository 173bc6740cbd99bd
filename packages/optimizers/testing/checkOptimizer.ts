import { Variable, withBackend, type Backend } from '@gradus/autodiff';
import { engines as allEngines } from '@gradus/autodiff/testing';
import { full, zeros, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose, named } from '@gradus/tensor/testing';
import type { Optimizer } from '../src/index';
import { checkResumption } from './checkResumption';
import { checkRule } from './checkRule';
import { quadratic } from './quadratic';

/** What an optimizer must be. None is optional, so that none is forgotten. */
export interface OptimizerExpectations {
  /** The names of what it remembers of each weight. */
  readonly state: readonly string[];
  /** How many steps it may make on a convex quadratic of curvatures 0.5 to 2. */
  readonly steps: number;
  /** To which part of the first loss these steps must lead, 0 to 1. */
  readonly reduction: number;
  /** Where it is computed. Default: every engine. */
  readonly engines?: readonly Backend[];
}

/** `allEngines` begins with the reference engine. */
const reference = allEngines[0]!;

/** float32 weights against float64 ones after a few steps, relative to the largest. */
const float32Tolerance = 1e-5;

/** float64 weights on any engine against those on the reference engine. */
const exactTolerance = 1e-12;

/**
 * Checks that an optimizer keeps the contract of optimizers, on every engine:
 *
 * - it descends a convex quadratic as far as expected, also of a scalar;
 * - its rule is a pure function: the same arguments give the same result and stay as they are;
 *   what it remembers has the expected names and keeps its shapes and element types;
 * - the first move is proportional to the learning rate;
 * - two weights trained together go where each goes alone, and two optimizers share nothing;
 * - the same steps give the same bits; weights keep their element type, and float32 is near float64;
 * - a gradient of 0 leaves numbers, and a weight that is not trainable stays;
 * - iterations are counted;
 * - its state, given to a new one, lets training go on to the same bits.
 *
 * @param create makes a new optimizer each time, with a learning rate that suits the quadratic.
 * @throws Error that says what differed, where, and by how much.
 */
export function checkOptimizer(
  create: () => Optimizer,
  { state, steps, reduction, engines = allEngines }: OptimizerExpectations,
): void {
  named(create().rule.name, () => {
    for (const engine of engines) {
      named(`on ${engine.name}`, () =>
        withBackend(engine, () => {
          checkRule(create().rule, state);
          checkDescent(create, { steps, reduction });
          checkIndependence(create);
          checkPrecision(create);
          checkStillness(create);
          checkResumption(create);
        }),
      );
    }
  });
}

interface Training {
  readonly dtype: FloatDType;
  readonly steps: number;
}

/** The weights after some steps of one optimizer, each on a quadratic of its own. */
function trained(
  create: () => Optimizer,
  shapes: readonly Shape[],
  { dtype, steps }: Training,
): Tensor[] {
  const optimizer = create();
  const problems = shapes.map((shape) => quadratic(shape, dtype));
  const weights = problems.map(({ start }, i) => new Variable(`w${i}`, start));
  for (let step = 0; step < steps; step++) {
    if (optimizer.iterations !== step) {
      throw new Error(`iterations: expected ${step}; received ${optimizer.iterations}.`);
    }
    optimizer.step(
      weights,
      weights.map(({ value }, i) => problems[i]!.gradient(value)),
    );
  }
  return weights.map((weight) => weight.snapshot());
}

function checkDescent(
  create: () => Optimizer,
  { steps, reduction }: Pick<OptimizerExpectations, 'steps' | 'reduction'>,
): void {
  for (const shape of [[2, 3], []]) {
    const { start, loss } = quadratic(shape, 'float64');
    const [end] = trained(create, [shape], { dtype: 'float64', steps });
    const [before, after] = [loss(start), loss(end!)];
    if (after <= reduction * before) continue;
    throw new Error(
      `descent: expected a loss of at most ${reduction} x ${before} after ${steps} steps; ` +
        `received ${after}.`,
    );
  }
}

function checkIndependence(create: () => Optimizer): void {
  const training = { dtype: 'float32', steps: 5 } as const;
  const shapes = [[2, 3], [4]];
  const together = trained(create, shapes, training);
  shapes.forEach((shape, i) => {
    const [alone] = trained(create, [shape], training);
    named(`weight ${i} of two, against the same one alone`, () =>
      expectClose(together[i]!, alone!, { relative: 0 }),
    );
  });
  const again = trained(create, shapes, training);
  named('the same steps again', () => expectClose(again[0]!, together[0]!, { relative: 0 }));
}

function checkPrecision(create: () => Optimizer): void {
  const [expected] = withBackend(reference, () =>
    trained(create, [[2, 3]], { dtype: 'float64', steps: 5 }),
  );
  for (const dtype of ['float64', 'float32'] as const) {
    const [w] = trained(create, [[2, 3]], { dtype, steps: 5 });
    const relative = dtype === 'float64' ? exactTolerance : float32Tolerance;
    named(`${dtype} weights after 5 steps`, () => expectClose(w!, expected!, { relative }));
  }
}

function checkStillness(create: () => Optimizer): void {
  const optimizer = create();
  const moving = new Variable('w', full([3], 1));
  const still = new Variable('fixed', full([3], 1), false);
  for (let step = 0; step < 3; step++) {
    optimizer.step([moving, still], [zeros([3]), full([3], 1)]);
  }
  if (!moving.value.toTypedArray().every(Number.isFinite)) {
    throw new Error(`gradient 0: expected numbers; received ${moving.value.toString()}.`);
  }
  named('a weight that is not trainable', () =>
    expectClose(still.value, full([3], 1), { relative: 0 }),
  );
}
