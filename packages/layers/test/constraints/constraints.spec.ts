import { OptionError, Random, tensor, zeros } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { batchNormalization, constraints, conv2d, dense, rootScope } from '../../src/index';

const { maxNorm, minMaxNorm, nonNeg, resolveConstraint, unitNorm } = constraints;

// The columns have the norms 5, 1/2 and 0.
const weight = tensor(Float64Array.of(3, 0.3, 0, -4, 0.4, 0), [2, 3]);
const columns = (first: number, second: number) =>
  tensor(Float64Array.of(0.6 * first, 0.6 * second, 0, -0.8 * first, 0.8 * second, 0), [2, 3]);

describe('A constraint', () => {
  const cases = [
    ['maxNorm', resolveConstraint('maxNorm'), columns(2, 0.5)],
    ['maxNorm of 0.25', maxNorm({ maxValue: 0.25 }), columns(0.25, 0.25)],
    ['unitNorm', resolveConstraint('unitNorm'), columns(1, 1)],
    ['minMaxNorm', resolveConstraint('minMaxNorm'), columns(1, 0.5)],
    ['minMaxNorm of 1 to 3', minMaxNorm({ minValue: 1, maxValue: 3 }), columns(3, 1)],
    ['minMaxNorm half of the way', minMaxNorm({ minValue: 1, rate: 0.5 }), columns(3, 0.75)],
    ['unitNorm of rows', unitNorm({ axis: 1 }), rows()],
    ['unitNorm of all', unitNorm({ axis: [0, 1] }), whole()],
    ['nonNeg', resolveConstraint('nonNeg'), tensor(Float64Array.of(3, 0.3, 0, 0, 0.4, 0), [2, 3])],
    ['nonNeg, made', nonNeg(), tensor(Float64Array.of(3, 0.3, 0, 0, 0.4, 0), [2, 3])],
  ] as const;
  for (const [name, constraint, expected] of cases) {
    it(`${name} makes the numbers worked by hand`, () => {
      const found = constraint.apply(weight);
      expect(found.dtype).to.equal('float64');
      // Keras adds 1e-7 to norms that it divides by.
      expectClose(found, expected, { relative: 4e-7 });
    });
  }

  function rows() {
    const [a, b] = [Math.hypot(3, 0.3), Math.hypot(4, 0.4)];
    return tensor(Float64Array.of(3 / a, 0.3 / a, 0, -4 / b, 0.4 / b, 0), [2, 3]);
  }

  function whole() {
    const norm = Math.sqrt(25.25);
    return tensor(
      weight.toTypedArray().map((value) => value / norm),
      [2, 3],
    );
  }

  it('leaves zeros alone', () => {
    for (const constraint of [maxNorm(), unitNorm(), minMaxNorm({ minValue: 1 }), nonNeg()]) {
      expect(constraint.apply(zeros([2, 2])).toArray()).to.deep.equal([
        [0, 0],
        [0, 0],
      ]);
    }
  });

  const wrong: readonly [make: () => unknown, message: string][] = [
    [() => maxNorm({ maxValue: -1 }), 'maxNorm: expected maxValue to be at least 0; received -1.'],
    [
      () => maxNorm({ maxValue: NaN }),
      'maxNorm: expected maxValue to be at least 0; received NaN.',
    ],
    [
      () => minMaxNorm({ minValue: 2, maxValue: 1 }),
      'minMaxNorm: expected minValue, then maxValue to be at least 0; received 2, 1.',
    ],
    [
      () => minMaxNorm({ rate: 2 }),
      'minMaxNorm: expected rate to be a number from 0 to 1; received 2.',
    ],
    [
      () => unitNorm({ axis: 0.5 }),
      'unitNorm: expected axis to be a whole number, or a list of some; received 0.5.',
    ],
    [
      () => unitNorm({ axis: [] }),
      'unitNorm: expected axis to be a whole number, or a list of some; received an empty list.',
    ],
    [
      () => resolveConstraint('norm' as never),
      "constraint: expected one of maxNorm, nonNeg, unitNorm, minMaxNorm; received 'norm'.",
    ],
  ];
  for (const [make, message] of wrong) {
    it(`says ${message}`, () => {
      expect(make).to.throw(OptionError).with.property('message', message);
    });
  }

  it('of kernel and bias, gamma and beta, is applied to each of them', () => {
    const minus = { kernelInitializer: constant(), biasInitializer: constant() };
    const both = { kernelConstraint: 'nonNeg', biasConstraint: unitNorm() } as const;
    const cases = [
      [dense({ units: 1, ...minus, ...both }), [1]],
      [conv2d({ filters: 1, kernelSize: 1, ...minus, ...both }), [1, 1, 1]],
      [
        batchNormalization({
          gammaConstraint: 'nonNeg',
          betaConstraint: unitNorm(),
          gammaInitializer: constant(),
          betaInitializer: constant(),
        }),
        [1],
      ],
    ] as const;
    for (const [layer, input] of cases) {
      const scope = rootScope('model', { random: new Random(0) });
      layer.build(input, scope);
      scope.constrain();
      const [first, second] = scope.variables.map(({ value }) => value.toTypedArray()[0]);
      expect(first).to.equal(0);
      expect(second).to.be.closeTo(-1, 1e-6);
    }
  });
});

function constant() {
  const fill = (value: number) => ({
    kind: 'constant',
    config: { value },
    create: (shape: readonly number[]) =>
      tensor(new Float32Array(shape.reduce((n, size) => n * size, 1)).fill(value), shape),
  });
  return fill(-3);
}
