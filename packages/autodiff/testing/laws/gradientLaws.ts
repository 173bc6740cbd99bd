import { tensor, type Tensor } from '@gradus/tensor';
import { defineLaw, floats, tensors, usualTolerance, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { add, mul, slice, sum } from '../../src/index';
import { compareGradients, requireDecided } from '../gradients';
import { expectAllNear } from './expectNear';
import { expressions, inputShapes, points, type Expression } from './expressions';
import { inside, type Autodiff } from './implementation';

/** A scalar expression and where it is differentiated. */
interface Case {
  readonly f: Expression;
  readonly at: readonly Tensor[];
}

/** Random expressions at random points. */
function cases({ dtype }: Autodiff): fc.Arbitrary<Case> {
  return inputShapes().chain((shapes) =>
    fc.record({ f: expressions(shapes), at: points(shapes, dtype) }),
  );
}

const domain =
  'scalar expressions of smooth operations, with broadcasting, reductions and values used twice; ' +
  'inputs from -1 to 1';

/** a f + b g, as the gradient sees it. */
export const linearity: Law<Autodiff> = defineLaw({
  name: 'autodiff/linearity',
  statement: '∇(a f + b g) = a ∇f + b ∇g.',
  source: 'the derivative is linear: W. Rudin, Principles of Mathematical Analysis, 9.15',
  domain,
  tolerance: usualTolerance,
  cases: ({ dtype }: Autodiff) =>
    inputShapes().chain((shapes) =>
      fc.record({
        f: expressions(shapes),
        g: expressions(shapes),
        a: floats(),
        b: floats(),
        at: points(shapes, dtype),
      }),
    ),
  holds(subject, { f, g, a, b, at }) {
    const both = subject.grad((...xs) => add(mul(f.scalar(...xs), a), mul(g.scalar(...xs), b)));
    const [df, dg] = [subject.grad(f.scalar)(...at), subject.grad(g.scalar)(...at)];
    const expected = df.map((dx, i) => add(mul(dx, a), mul(dg[i]!, b)));
    expectAllNear(both(...at), expected, usualTolerance[subject.dtype]);
  },
});

/** f(g(x)). */
export const chainRule: Law<Autodiff> = defineLaw({
  name: 'autodiff/chain-rule',
  statement: '∇(f ∘ g)(x) = ∇⟨g(x), c⟩ with c = ∇f(y) at y = g(x).',
  source: 'W. Rudin, Principles of Mathematical Analysis, 9.15; Griewank and Walther, 3.2',
  domain,
  tolerance: usualTolerance,
  cases: ({ dtype }: Autodiff) =>
    inputShapes().chain((shapes) =>
      expressions(shapes).chain((g) =>
        fc.record({
          f: expressions([g.shape], { maxLines: 4 }),
          g: fc.constant(g),
          at: points(shapes, dtype),
        }),
      ),
    ),
  holds(subject, { f, g, at }) {
    const y = inside(subject, () => g.tensor(...at));
    const c = subject.grad(f.scalar)(y)[0]!;
    const expected = subject.grad((...xs) => sum(mul(g.tensor(...xs), c)))(...at);
    const whole = subject.grad((...xs) => f.scalar(g.tensor(...xs)));
    expectAllNear(whole(...at), expected, usualTolerance[subject.dtype]);
  },
});

/** The gradient is that of the function, and not of another one. */
export const centralDifference: Law<Autodiff> = defineLaw({
  name: 'autodiff/central-differences',
  statement: '⟨∇f(x), e⟩ = lim (f(x + h e) − f(x − h e)) / 2h for each unit vector e.',
  source: 'the definition of the derivative; differences extrapolated after Richardson (1927)',
  domain,
  // Differences are good to 1e-9 or so; a float32 gradient to its own rounding.
  tolerance: { float64: 1e-7, float32: 1e-4 },
  cases,
  holds(subject, { f, at }) {
    const report = compareGradients(
      {
        value: (inputs) => f.scalar(...inputs).item(),
        at,
        gradients: subject.grad(f.scalar)(...at),
        names: at.map((_, i) => `x${i}`),
      },
      // Values are of the order of 1; where they cancel, what is left is rounding.
      { tolerance: centralDifference.tolerance[subject.dtype], leastScale: 1 },
    );
    requireDecided('gradient', report, 0);
  },
});

/** One function, its lines in another order. */
export const orderOfRecording: Law<Autodiff> = defineLaw({
  name: 'autodiff/order-of-recording',
  statement: '∇f does not depend on the order in which independent parts of f are computed.',
  source: 'the chain rule sums over all paths, and sums do not depend on the order of their terms',
  domain,
  tolerance: usualTolerance,
  cases,
  holds(subject, { f, at }) {
    const expected = subject.grad(f.scalar)(...at);
    expectAllNear(subject.grad(f.reordered)(...at), expected, usualTolerance[subject.dtype]);
  },
});

/** A batch, and its samples one by one. */
export const sumOverBatch: Law<Autodiff> = defineLaw({
  name: 'autodiff/sum-over-batch',
  statement: '∇w Σₙ f(xₙ, w) = Σₙ ∇w f(xₙ, w), and the gradient of xₙ is that of its own term.',
  source: 'the derivative is linear; no term contains another sample',
  domain: 'expressions of one sample and a weight shaped like it; batches of 1 to 3; from -1 to 1',
  tolerance: usualTolerance,
  cases: ({ dtype }: Autodiff) =>
    fc
      .record({ batch: fc.integer({ min: 1, max: 3 }), size: fc.integer({ min: 1, max: 3 }) })
      .chain(({ batch, size }) =>
        fc.record({
          f: expressions([[size], [size]], { maxLines: 4 }),
          x: tensors([batch, size], { dtype, domain: { low: -1, high: 1 } }),
          w: tensors([size], { dtype, domain: { low: -1, high: 1 } }),
        }),
      ),
  holds(subject, { f, x, w }) {
    const [batch, size] = [x.shape[0]!, x.shape[1]!];
    const term = (xs: Tensor, n: number, ws: Tensor): Tensor => f.scalar(rowOf(xs, n, size), ws);
    const all = [...Array(batch).keys()];
    const total = subject.grad((xs, ws) =>
      all.map((n) => term(xs, n, ws)).reduce((sum, one) => add(sum, one)),
    )(x, w);
    const alone = all.map((n) => subject.grad((xs, ws) => f.scalar(xs, ws))(rowOf(x, n, size), w));
    const rows = alone.flatMap(([dx]) => [...dx!.toTypedArray()]);
    const dw = alone.map((one) => one[1]!).reduce((sum, one) => add(sum, one));
    const expected = [tensor(rows, [batch, size], subject.dtype), dw];
    expectAllNear(total, expected, usualTolerance[subject.dtype]);
  },
});

function rowOf(x: Tensor, n: number, size: number): Tensor {
  const row = slice(x, { begin: [n, 0], size: [1, size] });
  return sum(row, { axis: 0 });
}

/** A result of 0 says so. */
export const unusedInput: Law<Autodiff> = defineLaw({
  name: 'autodiff/unused-input',
  statement: '∂f(x)/∂z = 0, shaped like z, if f does not depend on z.',
  source: 'the derivative of a constant is 0',
  domain,
  tolerance: { float64: 0, float32: 0 },
  cases: (subject: Autodiff) =>
    cases(subject).chain((drawn) =>
      fc.record({ ...constants(drawn), z: tensors([2, 3], { dtype: subject.dtype }) }),
    ),
  holds(subject, { f, at, z }) {
    const found = subject.grad((...xs) => f.scalar(...xs.slice(0, -1)))(...at, z);
    expectAllNear(found.slice(-1), [mul(z, 0)], 0);
  },
});

function constants(drawn: Case): { [K in keyof Case]: fc.Arbitrary<Case[K]> } {
  return { f: fc.constant(drawn.f), at: fc.constant(drawn.at) };
}
