import {
  add,
  conv2d,
  conv2dInputGradient,
  matMul,
  mul,
  reshape,
  square,
  sub,
  sum,
  transpose,
} from '@gradus/autodiff';
import { eye, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  conjugateGradients,
  conjugateGradientSteps,
  type ConjugateGradientsOptions,
} from '../src/index';

const float64 = (...values: number[]): Tensor => tensor(Float64Array.from(values));

/** x to A x for a matrix [n, n]. */
const times =
  (matrix: Tensor) =>
  (x: Tensor): Tensor =>
    reshape(matMul(matrix, reshape(x, [-1, 1])), x.shape);

const norm = (x: Tensor): number => Math.sqrt(sum(square(x)).item());

/** The second differences of n numbers, negative: eigenvalues 2 - 2 cos(k pi / (n + 1)). */
const secondDifferences = (n: number): Tensor =>
  tensor(
    Float64Array.from({ length: n * n }, (_, i) => {
      const distance = Math.abs(Math.floor(i / n) - (i % n));
      return [2, -1][distance] ?? 0;
    }),
    [n, n],
  );

/** B^T B + I of B [n, n] in 64ths: symmetric, its eigenvalues at least 1. */
const systems = fc
  .integer({ min: 1, max: 6 })
  .chain((n) =>
    fc.record({
      root: tensors([n, n], { dtype: 'float64', domain: { low: -2, high: 2 } }),
      x: tensors([n], { dtype: 'float64' }),
    }),
  )
  .map(({ root, x }) => ({
    matrix: add(matMul(transpose(root), root), eye(root.shape[0]!, 'float64')),
    x,
  }));

describe('conjugateGradients', () => {
  it('goes two steps as worked by hand', () => {
    // A = [[4, 1], [1, 3]], b = [1, 2]: alpha 5/20, then x = [1/11, 7/11].
    const matrix = tensor(Float64Array.of(4, 1, 1, 3), [2, 2]);
    const steps = conjugateGradientSteps({ multiply: times(matrix), b: float64(1, 2) });
    const first = steps.next();
    expectClose((first.value as { solution: Tensor }).solution, float64(0.25, 0.5), {
      relative: 1e-15,
    });
    // The residual [-1/2, 1/4] against b [1, 2]: sqrt(5/16) / sqrt(5).
    expect((first.value as { relativeResidual: number }).relativeResidual).to.be.closeTo(
      0.25,
      1e-15,
    );
    const { solution, iterations } = conjugateGradients({
      multiply: times(matrix),
      b: float64(1, 2),
    });
    expectClose(solution, float64(1 / 11, 7 / 11), { relative: 1e-14 });
    expect(iterations).to.equal(2);
  });

  it('is exact after as many steps as there are unknowns, or fewer', () => {
    fc.assert(
      fc.property(systems, ({ matrix, x }) => {
        const multiply = times(matrix);
        const found = conjugateGradients({ multiply, b: multiply(x) });
        expect(found.iterations).to.be.at.most(x.size);
        expectClose(found.solution, x, { relative: 1e-9 });
      }),
    );
  });

  it('needs one step for each different eigenvalue', () => {
    const diagonal = float64(1, 5, 5, 1, 5, 5, 1, 5);
    const b = float64(1, 2, 3, 4, 5, 6, 7, 8);
    const found = conjugateGradients({ multiply: (x) => mul(x, diagonal), b });
    expect(found.iterations).to.equal(2);
    expect(found.conditionNumber).to.be.closeTo(5, 1e-12);
  });

  it('brings the error, measured by A, down with every step', () => {
    const n = 12;
    const matrix = secondDifferences(n);
    const exact = float64(...Array.from({ length: n }, (_, i) => Math.sin(i * i)));
    const multiply = times(matrix);
    let before = Infinity;
    let count = 0;
    for (const { solution, iteration } of conjugateGradientSteps({
      multiply,
      b: multiply(exact),
    })) {
      const error = sub(solution, exact);
      const size = sum(mul(error, multiply(error))).item();
      expect(size).to.be.below(before);
      expect(iteration).to.equal((count += 1));
      before = size;
    }
    expect(before).to.be.below(1e-20);
  });

  it('reports the residual that the solution has', () => {
    const multiply = times(secondDifferences(12));
    const b = float64(...Array.from({ length: 12 }, (_, i) => Math.cos(i * i)));
    for (const { solution, relativeResidual } of conjugateGradientSteps({ multiply, b })) {
      const actual = norm(sub(b, multiply(solution))) / norm(b);
      expect(relativeResidual).to.be.closeTo(actual, 1e-13);
    }
  });

  it('estimates the condition number of the second differences by their closed form', () => {
    for (const n of [2, 5, 20]) {
      const b = float64(...Array.from({ length: n }, (_, i) => Math.sin(1 + i * i)));
      const { conditionNumber } = conjugateGradients({ multiply: times(secondDifferences(n)), b });
      const angle = Math.PI / (n + 1);
      const expected = (2 - 2 * Math.cos(n * angle)) / (2 - 2 * Math.cos(angle));
      expect(conditionNumber / expected).to.be.closeTo(1, 1e-8);
    }
  });

  it('never estimates a condition number above the true one', () => {
    const n = 20;
    const b = float64(...Array.from({ length: n }, (_, i) => Math.sin(1 + i * i)));
    const angle = Math.PI / (n + 1);
    const truth = (2 - 2 * Math.cos(n * angle)) / (2 - 2 * Math.cos(angle));
    let before = 1;
    for (let maxIterations = 0; maxIterations <= n; maxIterations++) {
      const multiply = times(secondDifferences(n));
      const { conditionNumber } = conjugateGradients({ multiply, b, maxIterations });
      expect(conditionNumber).to.be.within(before * (1 - 1e-9), truth * (1 + 1e-9));
      before = conditionNumber;
    }
  });

  it('solves the normal equations of a convolution with its adjoint', () => {
    const kernel = tensor(Float64Array.of(1, 2, 1, 0, 5, 1, -1, 0, 2), [3, 3, 1, 1]);
    const inputShape = [1, 4, 5, 1];
    const image = tensor(
      Float64Array.from({ length: 20 }, (_, i) => ((i * 7) % 11) - 5),
      inputShape,
    );
    const convolve = (x: Tensor): Tensor => conv2d(x, kernel, { padding: 'same' });
    const adjoint = (y: Tensor): Tensor =>
      conv2dInputGradient(y, kernel, { padding: 'same', inputShape });
    const found = conjugateGradients({
      multiply: (x) => adjoint(convolve(x)),
      b: adjoint(convolve(image)),
      maxIterations: 100,
    });
    expect(found.relativeResidual).to.be.at.most(1e-10);
    expectClose(found.solution, image, { relative: 1e-6 });
  });

  it('has the solution 0 of the right-hand side 0, without a step', () => {
    const never = (): Tensor => {
      throw new Error('asked');
    };
    for (const shape of [[3], [2, 2], [0]]) {
      const found = conjugateGradients({ multiply: never, b: zeros(shape) });
      expect(found.solution.toArray()).to.deep.equal(zeros(shape).toArray());
      const rest = { iterations: found.iterations, relativeResidual: found.relativeResidual };
      expect(rest).to.deep.equal({ iterations: 0, relativeResidual: 0 });
      expect(found.conditionNumber).to.equal(1);
    }
  });

  it('does not take small numbers for 0, nor large ones for infinity', () => {
    for (const scale of [1e-40, 1e-30, 1e30]) {
      const b = tensor([2 * scale, 4 * scale]);
      const { solution, iterations } = conjugateGradients({ multiply: (x) => mul(x, 2), b });
      expect(iterations).to.equal(1);
      expectClose(solution, tensor([scale, 2 * scale]), { relative: 1e-5 });
    }
    const tiny = conjugateGradients({ multiply: (x) => mul(x, 2), b: float64(2e-200, 4e-200) });
    expectClose(tiny.solution, float64(1e-200, 2e-200), { relative: 1e-14 });
  });

  it('goes on where the squares of float32 residuals would vanish', () => {
    const { solution, iterations } = conjugateGradients({
      multiply: (x) => mul(x, tensor([1, 2])),
      b: tensor([1, 2e-25]),
      tolerance: 1e-30,
    });
    expect(iterations).to.equal(2);
    expect(solution.at(1)).to.be.closeTo(1e-25, 1e-31);
  });

  it('knows a nearly singular matrix as ill conditioned, also where rounding hides its eigenvalue', () => {
    for (let power = 14; power < 30; power++) {
      const diagonal = float64(1, 0.7, 10 ** -power);
      const { conditionNumber } = conjugateGradients({
        multiply: (x) => mul(x, diagonal),
        b: float64(1, 1, 1),
        tolerance: 1e-14,
      });
      expect(conditionNumber, `1e-${power}`).to.be.above(1e13);
    }
  });

  it('keeps the element type and the shape', () => {
    const b = tensor([1, 2, 3, 4], [2, 2]);
    const { solution } = conjugateGradients({ multiply: (x) => mul(x, 4), b });
    expect([solution.dtype, solution.shape]).to.deep.equal(['float32', [2, 2]]);
    expect(solution.toArray()).to.deep.equal([
      [0.25, 0.5],
      [0.75, 1],
    ]);
  });

  it('stops at the tolerance and at the greatest number of steps', () => {
    const multiply = times(secondDifferences(20));
    const b = float64(...Array.from({ length: 20 }, (_, i) => Math.sin(1 + i * i)));
    const rough = conjugateGradients({ multiply, b, tolerance: 0.1 });
    expect(rough.relativeResidual).to.be.at.most(0.1);
    const before = conjugateGradients({ multiply, b, maxIterations: rough.iterations - 1 });
    expect(before.iterations).to.equal(rough.iterations - 1);
    expect(before.relativeResidual).to.be.above(0.1);
    const none = conjugateGradients({ multiply, b, maxIterations: 0 });
    expect(none.solution.toArray()).to.deep.equal(zeros([20]).toArray());
    expect(none.relativeResidual).to.equal(1);
  });
});

describe('An error of conjugateGradients', () => {
  const b = float64(1, 2);
  const multiply = (x: Tensor): Tensor => mul(x, 2);
  const curvature = (value: number): string =>
    `a positive definite matrix; received one with <d, A d> = ${value}.`;
  const cases: readonly [string, ConjugateGradientsOptions, string][] = [
    // b divided by its largest number is [1/2, 1].
    ['a negative definite matrix', { multiply: (x) => mul(x, -2), b }, curvature(-2.5)],
    ['a matrix of zeros', { multiply: (x) => mul(x, 0), b }, curvature(0)],
    ['an indefinite matrix', { multiply: (x) => mul(x, float64(1, -1)), b }, curvature(-0.75)],
    ['a matrix that overflows', { multiply: (x) => mul(x, Infinity), b }, curvature(Infinity)],
    ['a matrix of NaN', { multiply: (x) => mul(x, NaN), b }, curvature(NaN)],
    ['b of NaN', { multiply, b: float64(1, NaN) }, 'b of finite numbers; received NaN.'],
    [
      'an infinite b',
      { multiply, b: float64(-Infinity, 1) },
      'b of finite numbers; received Infinity.',
    ],
    ['tolerance 0', { multiply, b, tolerance: 0 }, 'tolerance above 0; received 0.'],
    ['tolerance NaN', { multiply, b, tolerance: NaN }, 'tolerance above 0; received NaN.'],
    [
      'maxIterations NaN',
      { multiply, b, maxIterations: NaN },
      'maxIterations of at least 0; received NaN.',
    ],
  ];
  for (const [title, options, rest] of cases) {
    it(`names ${title}`, () => {
      expect(() => conjugateGradients(options))
        .to.throw(OptionError)
        .with.property('message', `conjugateGradients: expected ${rest}`);
    });
  }

  it('names a matrix that gives another shape', () => {
    expect(() => conjugateGradients({ multiply: () => float64(1), b }))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'conjugateGradients: expected multiply(x) to be shaped like x, [2]; received [1].',
      );
  });
});
