import {
  arrayStorage,
  fill,
  full,
  Random,
  Tensor,
  toTypedArray,
  zeros,
  type Shape,
  type View,
} from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  convGeometry,
  convOutputShape,
  loops,
  makeSimd,
  type Backend,
  type ConvGeometry,
} from '../../src/index';
import { rules, ruleFor } from '../../src/simd/convolution/choice';
import {
  anyCalls,
  convKernels,
  convolutions,
  geometryOf,
  rolesOf,
  runCall,
  type ConvKernel,
} from '../../testing/index';

const exact = makeSimd({ exact: true });
const quick = makeSimd();

const tolerances: readonly [title: string, engine: Backend, relative: number][] = [
  ['1e-5 with `exact`', exact, 1e-5],
  ['1e-4 without', quick, 1e-4],
];

const random = new Random(11);

/** A convolution of random numbers, and its result in float64. */
interface Example {
  readonly kernel: ConvKernel;
  readonly geometry: ConvGeometry;
  readonly inputs: readonly [View, View];
  readonly expected: View;
}

function example(kernel: ConvKernel, x: Shape, filter: Shape, geometry: ConvGeometry): Example {
  const { inputs, out } = rolesOf(kernel, { x, filter, y: convOutputShape(geometry) });
  const [a, b] = inputs.map((shape) => fill(shape, () => random.uniform(-1, 1))) as [
    Tensor,
    Tensor,
  ];
  const expected = zeros(out, 'float64');
  loops[kernel](inDoubles(a), inDoubles(b), geometry, expected);
  return { kernel, geometry, inputs: [a, b], expected };
}

function inDoubles(view: View): View {
  return new Tensor(arrayStorage('float64', Float64Array.from(toTypedArray(view))), view);
}

function check(engine: Backend, { kernel, geometry, inputs, expected }: Example, relative: number) {
  const found = zeros(expected.shape);
  engine[kernel](...inputs, geometry, found);
  expectClose(found, expected, { relative });
}

// The convolutions that are measured, with fewer images: an MNIST network's first and second layer,
// one of a residual network, a filter on an image, a large kernel on images.
const measured: readonly [x: Shape, filter: Shape][] = [
  [
    [2, 28, 28, 1],
    [3, 3, 1, 32],
  ],
  [
    [2, 28, 28, 32],
    [3, 3, 32, 64],
  ],
  [
    [1, 56, 56, 64],
    [3, 3, 64, 64],
  ],
  [
    [1, 256, 256, 1],
    [3, 3, 1, 1],
  ],
  [
    [1, 256, 256, 1],
    [32, 32, 1, 1],
  ],
];

describe('Errors of convolutions of random numbers', () => {
  for (const [x, filter] of measured) {
    const geometry = convGeometry('conv2d', x, filter, { padding: 'same' });
    for (const kernel of convKernels) {
      const title = `x [${x.join(', ')}], filter [${filter.join(', ')}]`;
      it(`are at most 1e-5, without \`exact\` 1e-4: ${kernel}, ${title}`, () => {
        const drawn = example(kernel, x, filter, geometry);
        for (const [, engine, relative] of tolerances) check(engine, drawn, relative);
      });
    }
  }

  for (const [title, engine, relative] of tolerances) {
    it(`are at most ${title}, for all geometries`, () => {
      for (const options of [
        {},
        { maxKernel: 12, maxStep: 1 },
        { maxKernel: 3, maxChannels: 20 },
      ]) {
        const property = fc.property(convolutions(options), (convolution) => {
          const { x, filter } = convolution;
          for (const kernel of convKernels) {
            check(engine, example(kernel, x, filter, geometryOf(convolution)), relative);
          }
        });
        fc.assert(property, { numRuns: 40, interruptAfterTimeLimit: 10_000 });
      }
    });
  }
});

describe('The option `exact`', () => {
  it('forbids transforms where they are quicker, and nothing else', () => {
    const algorithms = (isExact: boolean): string[] =>
      measured.flatMap(([x, filter]) => {
        const geometry = convGeometry('conv2d', x, filter, { padding: 'same' });
        return convKernels.map((kernel) => ruleFor(kernel, geometry, { exact: isExact }).algorithm);
      });
    const [chosen, allowed] = [algorithms(false), algorithms(true)];
    expect(chosen.filter((algorithm) => /Winograd|FFT/.test(algorithm))).to.have.length(10);
    expect(allowed.filter((algorithm) => /Winograd|FFT/.test(algorithm))).to.deep.equal([]);
    chosen.forEach((algorithm, i) => {
      if (!/Winograd|FFT/.test(algorithm)) expect(allowed[i]).to.equal(algorithm);
    });
  });

  it('finds an algorithm for every convolution', () => {
    for (const kernel of convKernels) {
      const last = rules[kernel].at(-1)!;
      expect([last.when, last.approximate ?? false]).to.deep.equal(['otherwise', false]);
    }
  });

  it('reaches the kernels: in sums of a pixel that is infinite with others no NaN arises', () => {
    const geometry = convGeometry('conv2d', [1, 28, 28, 32], [3, 3, 32, 64]);
    const x = full([1, 28, 28, 32], 1);
    x.data[32 * (28 + 1)] = Infinity;
    const values = (engine: Backend): Set<number> => {
      const out = zeros(convOutputShape(geometry));
      engine.conv2d(x, full([3, 3, 32, 64], 1), geometry, out);
      return new Set(out.data);
    };
    expect([...values(exact)]).to.have.members([288, Infinity]);
    expect([...values(quick)].some(Number.isNaN)).to.equal(true);
  });

  it('changes no other kernel', () => {
    const property = fc.property(anyCalls([]), (call) => {
      if (call.spreads !== undefined) return;
      const [a, b] = [exact, quick].map((engine) => toTypedArray(runCall(engine, call)));
      expect(a).to.deep.equal(b);
    });
    fc.assert(property, { numRuns: 60, interruptAfterTimeLimit: 10_000 });
  });
});
