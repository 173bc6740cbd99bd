import { full, OptionError, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  grad,
  mul,
  structuralSimilarity,
  sub,
  sum,
  type StructuralSimilarityOptions,
} from '../../../src/index';

/**
 * Equations 13 to 16 of the paper, window by window, with variances as means of squared
 * differences.
 */
function defined(
  a: Tensor,
  b: Tensor,
  size: number,
  [c1, c2]: readonly [number, number],
): number[] {
  const [batch, height, width, channels] = a.shape as [number, number, number, number];
  const weight = (i: number): number => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * 1.5 ** 2));
  const taps = Array.from(
    { length: size * size },
    (_, t) => [Math.floor(t / size), t % size] as const,
  );
  const total = taps.reduce((known, [u, v]) => known + weight(u) * weight(v), 0);
  return Array.from({ length: batch }, (_, n) => {
    const similarities: number[] = [];
    for (let i = 0; i + size <= height; i++) {
      for (let j = 0; j + size <= width; j++) {
        for (let c = 0; c < channels; c++) {
          const mean = (f: (u: number, v: number) => number): number =>
            taps.reduce((known, [u, v]) => known + weight(u) * weight(v) * f(u, v), 0) / total;
          const [x, y] = [a, b].map((t) => (u: number, v: number) => t.at(n, i + u, j + v, c)) as [
            (u: number, v: number) => number,
            (u: number, v: number) => number,
          ];
          const [mx, my] = [mean(x), mean(y)];
          const vx = mean((u, v) => (x(u, v) - mx) ** 2);
          const vy = mean((u, v) => (y(u, v) - my) ** 2);
          const vxy = mean((u, v) => (x(u, v) - mx) * (y(u, v) - my));
          similarities.push(
            ((2 * mx * my + c1) * (2 * vxy + c2)) / ((mx ** 2 + my ** 2 + c1) * (vx + vy + c2)),
          );
        }
      }
    }
    return similarities.reduce((known, s) => known + s, 0) / similarities.length;
  });
}

const domain = { low: 0, high: 4 };
const pairs = fc.tuple(
  tensors([2, 6, 5, 2], { dtype: 'float64', domain }),
  tensors([2, 6, 5, 2], { dtype: 'float64', domain }),
);

describe('structuralSimilarity', () => {
  it('is its definition', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const found = structuralSimilarity(a, b, { maxValue: 4, filterSize: 3 });
        const constants = [(0.01 * 4) ** 2, (0.03 * 4) ** 2] as const;
        expectClose(found, tensor(Float64Array.from(defined(a, b, 3, constants))), {
          relative: 1e-10,
        });
        const even = structuralSimilarity(a, b, { maxValue: 2, filterSize: 4, k1: 0.5, k2: 0.25 });
        expectClose(even, tensor(Float64Array.from(defined(a, b, 4, [1, 0.25]))), {
          relative: 1e-10,
        });
      }),
      { numRuns: 10 },
    );
  });

  it('has a window of 11x11 pixels and a standard deviation of 1.5 by default', () => {
    const image = tensors([1, 12, 13, 1], { dtype: 'float64', domain });
    const [pair] = fc.sample(fc.tuple(image, image), { numRuns: 1, seed: 3 });
    const [a, b] = pair!;
    const expected = defined(a, b, 11, [(0.01 * 4) ** 2, (0.03 * 4) ** 2]);
    const found = structuralSimilarity(a, b, { maxValue: 4 });
    expectClose(found, tensor(Float64Array.from(expected)), { relative: 1e-10 });
    expect(() =>
      structuralSimilarity(zeros([1, 11, 10, 1]), zeros([1, 11, 10, 1]), { maxValue: 1 }),
    )
      .to.throw(ShapeError)
      .with.property(
        'message',
        'structuralSimilarity: expected images of at least 11x11 pixels, with channels; ' +
          'received [1, 11, 10, 1]. A smaller filterSize takes smaller images.',
      );
  });

  it('compares brightness alone where images are even', () => {
    const [a, b] = [full([1, 3, 3, 1], 1, 'float64'), full([1, 3, 3, 1], 0.5, 'float64')];
    const found = structuralSimilarity(a, b, { maxValue: 1, filterSize: 3 }).item();
    // (2 * 0.5 + 0.0001) / (1 + 0.25 + 0.0001)
    expect(found).to.be.closeTo(1.0001 / 1.2501, 1e-12);
  });

  it('is 1 for equal images, symmetric, and never more than 1', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const options = { maxValue: 4, filterSize: 3 };
        expect(structuralSimilarity(a, a, options).toArray()).to.deep.equal([1, 1]);
        const found = structuralSimilarity(a, b, options);
        expectClose(structuralSimilarity(b, a, options), found, { relative: 0 });
        for (const similarity of found.toArray() as number[]) {
          expect(similarity).to.be.within(-1, 1 + 1e-12);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('rises along its gradient', () => {
    const [pair] = fc.sample(pairs, { numRuns: 1, seed: 4 });
    const [a, b] = pair!;
    const similarity = (x: Tensor): Tensor =>
      sum(structuralSimilarity(x, b, { maxValue: 4, filterSize: 3 }));
    const [slope] = grad(similarity)(a);
    const step = mul(slope, 1e-3);
    expect(similarity(add(a, step)).item()).to.be.above(similarity(a).item());
    expect(similarity(sub(a, step)).item()).to.be.below(similarity(a).item());
  });

  const x = zeros([1, 5, 5, 1]);
  const call = (options: unknown) => () =>
    structuralSimilarity(x, x, options as StructuralSimilarityOptions);
  const wrong: readonly [() => unknown, unknown, string][] = [
    [
      call(undefined),
      OptionError,
      'structuralSimilarity: expected maxValue to be a number above 0; received undefined.',
    ],
    [
      call({ maxValue: 1, filterSize: 0 }),
      OptionError,
      'structuralSimilarity: expected filterSize to be a whole number of at least 1; received 0.',
    ],
    [
      call({ maxValue: 1, filterSigma: -1 }),
      OptionError,
      'structuralSimilarity: expected filterSigma to be a number above 0; received -1.',
    ],
    [
      call({ maxValue: 1, k1: null }),
      OptionError,
      'structuralSimilarity: expected k1 to be a number above 0; received null.',
    ],
    [
      () => structuralSimilarity(x, zeros([1, 5, 4, 1]), { maxValue: 1 }),
      ShapeError,
      'structuralSimilarity: expected two batches of images of one shape; ' +
        'received a [1, 5, 5, 1] and b [1, 5, 4, 1].',
    ],
    [
      () => structuralSimilarity(zeros([5, 5]), zeros([5, 5]), { maxValue: 1 }),
      ShapeError,
      'structuralSimilarity: expected x [batch, height, width, channels]; received [5, 5]. ' +
        'x has 2 axes, not 4.',
    ],
  ];
  for (const [run, type, message] of wrong) {
    it(`says: ${message}`, () => {
      expect(run)
        .to.throw(type as typeof ShapeError)
        .with.property('message', message);
    });
  }
});
