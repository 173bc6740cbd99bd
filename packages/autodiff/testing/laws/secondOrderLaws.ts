import { sizeOf, type Shape, type Tensor } from '@gradus/tensor';
import { defineLaw, named, usualTolerance, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { matMul, mul, reshape, sum } from '../../src/index';
import { expectAllNear, expectNear } from './expectNear';
import { direction, expressions, inputShapes, points, type Expression } from './expressions';
import { inside, type Autodiff } from './implementation';

const domain = 'expressions of smooth operations in one input; inputs from -1 to 1';

/** Second derivatives are sums of more terms than first ones, of which some cancel. */
const secondOrder = { float64: 1e-11, float32: 1e-4 } as const;

interface Case {
  readonly f: Expression;
  readonly x: Tensor;
}

function cases({ dtype }: Autodiff): fc.Arbitrary<Case> {
  return shape().chain((shape) =>
    fc.record({
      f: expressions([shape]),
      x: points([shape], dtype).map(([x]) => x!),
    }),
  );
}

function shape(): fc.Arbitrary<Shape> {
  return inputShapes().map((shapes) => shapes.at(-1)!);
}

/** Second derivatives do not depend on the order. */
export const symmetricSecondDerivatives: Law<Autodiff> = defineLaw({
  name: 'autodiff/symmetric-second-derivatives',
  statement: "v'Hw = w'Hv for the second derivatives H of f, Hv = ∇⟨∇f, v⟩.",
  source: 'H. A. Schwarz; W. Rudin, Principles of Mathematical Analysis, 9.41',
  domain,
  tolerance: secondOrder,
  excuse: ({ nests }) => (nests === false ? 'its gradients cannot be differentiated' : undefined),
  cases,
  holds(subject, { f, x }) {
    const [v, w] = [direction(x.shape, subject.dtype, 1), direction(x.shape, subject.dtype, 5)];
    const along = (u: Tensor): Tensor =>
      subject.grad((at) => sum(mul(subject.grad(f.scalar)(at)[0]!, u)))(x)[0]!;
    const product = (a: Tensor, b: Tensor): Tensor => inside(subject, () => sum(mul(a, b)));
    expectNear(product(along(v), w), product(along(w), v), secondOrder[subject.dtype]);
  },
});

/** What `hessianVectorProduct` is. */
export const productWithHessian: Law<Autodiff> = defineLaw({
  name: 'autodiff/hessian-vector-product',
  statement: 'Hv = ∇⟨∇f, v⟩ for the second derivatives H of f.',
  source:
    'B. A. Pearlmutter, Fast exact multiplication by the Hessian, Neural Computation 6(1), 1994',
  domain,
  tolerance: secondOrder,
  excuse: ({ hessianVectorProduct, nests }) => {
    if (hessianVectorProduct === undefined) return 'it gives no product with second derivatives';
    return nests === false ? 'its gradients cannot be differentiated' : undefined;
  },
  cases,
  holds(subject, { f, x }) {
    const v = direction(x.shape, subject.dtype);
    const found = subject.hessianVectorProduct!((at) => f.scalar(at), x, v);
    const expected = subject.grad((at) => sum(mul(subject.grad(f.scalar)(at)[0]!, v)))(x)[0]!;
    expectNear(found, expected, secondOrder[subject.dtype]);
  },
});

/** The rows of the Jacobian, together and one by one. */
export const jacobianRows: Law<Autodiff> = defineLaw({
  name: 'autodiff/jacobian-rows',
  statement: "c'J = ∇⟨g(x), c⟩ for the derivatives J of g at x and each c.",
  source: 'the chain rule; A. Griewank, A. Walther, Evaluating Derivatives, 2008, 3.2',
  domain,
  tolerance: usualTolerance,
  excuse: ({ jacobian }) => (jacobian === undefined ? 'it gives no Jacobian' : undefined),
  cases,
  holds(subject, { f: g, x }) {
    const found = subject.jacobian!((at) => g.tensor(at), x);
    const c = direction(g.shape, subject.dtype);
    const expected = subject.grad((at) => sum(mul(g.tensor(at), c)))(x)[0]!;
    const rows = inside(subject, () => {
      const matrix = reshape(found, [sizeOf(g.shape), x.size]);
      return reshape(matMul(reshape(c, [1, sizeOf(g.shape)]), matrix), x.shape);
    });
    expectNear(rows, expected, usualTolerance[subject.dtype]);
  },
});

/** What is computed anew on the way back is what was computed on the way there. */
export const checkpointed: Law<Autodiff> = defineLaw({
  name: 'autodiff/checkpoint',
  statement: 'f(checkpoint(g, x)) has the value and the gradient of f(g(x)).',
  source: 'T. Chen, B. Xu, C. Zhang, C. Guestrin, arXiv:1604.06174, section 3',
  domain: 'expressions of smooth operations, inputs used inside and outside; from -1 to 1',
  tolerance: usualTolerance,
  excuse: ({ checkpoint }) => (checkpoint === undefined ? 'it has no checkpoints' : undefined),
  cases: ({ dtype }: Autodiff) =>
    inputShapes().chain((shapes) =>
      expressions(shapes, { maxLines: 4 }).chain((g) =>
        fc.record({
          f: expressions([...shapes, g.shape], { maxLines: 4 }),
          g: fc.constant(g),
          at: points(shapes, dtype),
        }),
      ),
    ),
  holds(subject, { f, g, at }) {
    const plain = (...xs: readonly Tensor[]): Tensor => f.scalar(...xs, g.tensor(...xs));
    const saving = (...xs: readonly Tensor[]): Tensor =>
      f.scalar(...xs, subject.checkpoint!(g.tensor, ...xs));
    const values = inside(subject, () => [saving(...at), plain(...at)] as const);
    named('value', () => expectNear(...values, usualTolerance[subject.dtype]));
    const expected = subject.grad(plain)(...at);
    expectAllNear(subject.grad(saving)(...at), expected, usualTolerance[subject.dtype]);
  },
});
