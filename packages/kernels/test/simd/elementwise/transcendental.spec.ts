import { fill, Random, tensor, zeros } from '@gradus/tensor';
import { expect } from 'chai';
import type { UnaryKernel } from '../../../src/index';
import { erf } from '../../../src/loops/erf';
import { SimdEngine } from '../../../src/simd/engine';

const engine = new SimdEngine();

type Transcendental = Extract<UnaryKernel, 'exp' | 'log' | 'sigmoid' | 'tanh' | 'erf'>;

function sigmoid(x: number): number {
  return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
}

/** In double precision. */
const exact: Readonly<Record<Transcendental, (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sigmoid,
  tanh: Math.tanh,
  erf,
};

/** The largest relative errors, as `transcendental.ts` and `erf.ts` state them. */
const bounds: Readonly<Record<Transcendental, number>> = {
  exp: 1.2e-7,
  log: 1.2e-7,
  sigmoid: 2.4e-7,
  tanh: 2.4e-7,
  erf: 3.9e-7,
};

const smallestNormal = 2 ** -126;
const smallest = 2 ** -149;
const largest = (2 - 2 ** -23) * 2 ** 127;

/** Where functions change most, besides all the exponents there are. */
const ranges: Readonly<Record<Transcendental, readonly (readonly [number, number])[]>> = {
  exp: [
    [-104, 89],
    [-0.4, 0.4],
    [-104, -87],
    [88, 88.73],
  ],
  log: [
    [0.5, 2],
    [0.99, 1.01],
    [0, 10],
  ],
  sigmoid: [
    [-104, 30],
    [-3, 3],
  ],
  tanh: [
    [-10, 10],
    [-0.7, 0.7],
    [0.62, 0.63],
  ],
  erf: [
    [-6, 6],
    [-0.5, 0.5],
    [3.1, 3.95],
  ],
};

/** Numbers of every exponent and sign, those below the normal range included. */
function everyExponent(random: Random): Float32Array {
  const perExponent = 64;
  const bits = new Uint32Array(256 * perExponent * 2);
  bits.forEach((_, i) => {
    const exponent = (i >>> 7) % 255;
    bits[i] = ((random.bits() & 0x807fffff) | (exponent << 23)) >>> 0;
  });
  return new Float32Array(bits.buffer);
}

/** Multiples of the smallest number by which a result may be off: less than a relative error there. */
function allowed(expected: number, bound: number): number {
  return Math.max(bound * Math.abs(expected), Math.abs(expected) < smallestNormal ? smallest : 0);
}

for (const kernel of Object.keys(exact) as Transcendental[]) {
  describe(`simd.map('${kernel}')`, () => {
    const random = new Random(7, kernel);
    const samples: readonly [title: string, x: Float32Array][] = [
      ['all exponents', everyExponent(random)],
      ...ranges[kernel].map(([low, high]): [string, Float32Array] => [
        `${low} to ${high}`,
        fill([60_000], () => random.uniform(low, high)).data,
      ]),
    ];
    for (const [title, x] of samples) {
      it(`has a relative error of ${bounds[kernel]} at the most for ${title}`, () => {
        const out = zeros([x.length]);
        engine.map(kernel, tensor(x), out);
        let worst = -1;
        x.forEach((value, i) => {
          const expected = exact[kernel](value);
          const found = out.data[i]!;
          const fine =
            Number.isNaN(expected) || Math.abs(expected) > largest
              ? Object.is(found, Math.fround(expected))
              : Math.abs(found - expected) <= allowed(expected, bounds[kernel]);
          if (!fine && worst < 0) worst = i;
        });
        const what = `${kernel} of ${x[worst]} is ${exact[kernel](x[worst]!)}, not ${out.data[worst]}`;
        expect(worst, what).to.equal(-1);
      });
    }
  });
}

describe('The transcendental functions', () => {
  const random = new Random(3);
  const rising: readonly [Transcendental, number, number][] = [
    ['exp', -90, 88],
    ['log', 1e-30, 1e30],
    ['sigmoid', -20, 20],
    ['tanh', -9, 9],
    ['erf', -5, 5],
  ];
  for (const [kernel, low, high] of rising) {
    it(`include ${kernel}, which does not fall by more than its error`, () => {
      const x = fill([50_000], () => random.uniform(low, high));
      x.data.sort();
      const out = zeros(x.shape);
      engine.map(kernel, x, out);
      const rises = out.data.every((after, i) => {
        const before = out.data[i - 1] ?? after;
        return after >= before - 2 * bounds[kernel] * Math.abs(before);
      });
      expect(rises).to.equal(true);
    });
  }

  it('keep sigmoid within 0 and 1, and tanh and erf within -1 and 1', () => {
    const x = everyExponent(random);
    const out = zeros([x.length]);
    for (const [kernel, low] of [
      ['sigmoid', 0],
      ['tanh', -1],
      ['erf', -1],
    ] as const) {
      engine.map(kernel, tensor(x), out);
      expect(out.data.every((y) => y >= low && y <= 1)).to.equal(true);
    }
  });

  for (const kernel of ['tanh', 'erf'] as const) {
    it(`include ${kernel}, which is odd`, () => {
      const x = everyExponent(random);
      const [right, left] = [zeros([x.length]), zeros([x.length])];
      engine.map(kernel, tensor(x), right);
      engine.map(kernel, tensor(x.map((value) => -value)), left);
      expect(right.data.every((y, i) => Object.is(left.data[i], -y))).to.equal(true);
    });
  }

  it('include erf, which keeps -0, infinities and what is not a number', () => {
    const x = tensor(Float32Array.of(-0, Infinity, -Infinity, NaN, 3.93, -3.4e38, 2 ** -149));
    const out = zeros(x.shape);
    engine.map('erf', x, out);
    [-0, 1, -1, NaN, 1, -1, 2 ** -149].forEach((y, i) => expect(out.data[i]).to.deep.equal(y));
    expect(Object.is(out.data[0], -0)).to.equal(true);
  });
});
