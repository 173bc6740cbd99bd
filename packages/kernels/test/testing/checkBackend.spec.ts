import { isFloat, newTypedArray, sizeOf, toTypedArray, type View } from '@gradus/tensor';
import { expect } from 'chai';
import { loops, type Backend } from '../../src/index';
import { configuredRuns, LawError } from '@gradus/tensor/testing';
import { backendLaws, checkBackend } from '../../testing/index';

/** Calls the kernel, then changes the first element of something. */
function spoiled({ data, shape, offset }: View, by = 1): void {
  if (!shape.includes(0)) data[offset]! += by;
}

/** Changes the numbers of a result, which is row-major. */
function change({ data, shape, offset }: View, f: (value: number) => number): void {
  const values = data.subarray(offset, offset + sizeOf(shape));
  values.forEach((value, i) => (values[i] = f(value)));
}

/** Engines that are wrong, and what must be said of them. */
const wrong: readonly [title: string, law: string, engine: Partial<Backend>, cause: RegExp][] = [
  [
    'forgets an element',
    'engine/map-tanh',
    { map: (kernel, x, out) => kernel === 'tanh' || loops.map(kernel, x, out) },
    /^map tanh, \w+, in ordinary arrays: expected .* received NaN/,
  ],
  [
    'writes before the result',
    'engine/mat-mul',
    {
      matMul(a, b, out) {
        loops.matMul(a, b, out);
        if (out.offset > 0) out.data[out.offset - 1] = 0;
      },
    },
    /element \d+ of the storage of out changed/,
  ],
  [
    'changes an argument',
    'engine/zip-add',
    {
      zip(kernel, a, b, out) {
        loops.zip(kernel, a, b, out);
        spoiled(a);
      },
    },
    /the storage of argument 0 changed/,
  ],
  [
    'is off by 2e-5 in float32',
    'engine/conv2d',
    {
      conv2d(x, filter, geometry, out) {
        loops.conv2d(x, filter, geometry, out);
        if (out.dtype === 'float32') change(out, (value) => value * 1.00002);
      },
    },
    /more than 0\.00001 of the largest magnitude/,
  ],
  [
    'takes every array for row-major',
    'engine/reduce-sum',
    { reduce: (kernel, x, axes, out) => loops.reduce(kernel, asIfRowMajor(x), axes, out) },
    /^reduce sum along/,
  ],
  [
    'allocates too little',
    'engine/allocation',
    {
      allocate: (dtype, size) => ({ dtype, data: newTypedArray(dtype, Math.min(size, 500)) }),
    },
    /^expected \d+ elements of \w+; received 500/,
  ],
  ['adds to what it computed before', 'engine/forgets', remembering(), /^matMul.*: expected/],
  [
    'drops NaN',
    'engine/not-finite-conv2d-input-gradient',
    {
      conv2dInputGradient(dy, filter, geometry, out) {
        loops.conv2dInputGradient(dy, filter, geometry, out);
        change(out, (value) => (Number.isNaN(value) ? 0 : value));
      },
    },
    /^element \d+ must not be finite/,
  ],
];

/** Kernels of loops that note which family of laws they are called by: where no other law goes. */
function noting(seen: Set<string>): Partial<Backend> {
  const note = (family: string, { dtype }: View, isSo: boolean): void => {
    if (isSo && isFloat(dtype)) seen.add(`${family}, ${dtype}`);
  };
  return {
    conv2d(x, filter, geometry, ...rest) {
      note('convolution', x, geometry.strides.vertical > 2);
      loops.conv2d(x, filter, geometry, ...rest);
    },
    maxPool2d(x, ...rest) {
      note('pooling', x, largestFinite(x) > 4);
      loops.maxPool2d(x, ...rest);
    },
    mapRows(kernel, x, out) {
      note('softmax', x, largestFinite(x) > 1000);
      loops.mapRows(kernel, x, out);
    },
    normalize(x, ...rest) {
      note('normalization', x, largestFinite(x) > 200);
      loops.normalize(x, ...rest);
    },
  };
}

function largestFinite(x: View): number {
  const values = Array.from(toTypedArray(x), Math.abs).filter(Number.isFinite);
  return Math.max(0, ...values);
}

/** An engine whose matrix products keep a trace of NaN for ever. */
function remembering(): Partial<Backend> {
  let trace = 0;
  return {
    matMul(a, b, out) {
      loops.matMul(a, b, out);
      if (Number.isNaN(out.data[out.offset]) && out.shape[0] === 40) trace = 1;
      spoiled(out, trace);
    },
  };
}

function asIfRowMajor({ dtype, data, shape, offset }: View): View {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((n, size) => n * size, 1));
  return { dtype, data, shape, strides, offset };
}

describe('checkBackend', function () {
  this.timeout(60_000);

  it('accepts a wrapped engine, and tries all families of laws on it', () => {
    const seen = new Set<string>();
    const engine: Backend = { ...loops, ...noting(seen), name: 'loops' };
    // A long run tries as many as it says.
    checkBackend(engine, { runs: configuredRuns(5) });
    const families = ['convolution', 'pooling', 'softmax', 'normalization'];
    expect([...seen]).to.have.members(
      families.flatMap((family) => [`${family}, float32`, `${family}, float64`]),
    );
  });

  it('names the laws that do not hold, engine and smallest case', () => {
    const [, , methods] = wrong[0]!;
    expect(() => checkBackend({ ...loops, ...methods }, { runs: 5, seed: 0 })).to.throw(
      /^1 of \d+ laws do not hold for loops\.\n\nengine\/map-tanh does not hold for loops: .*\n.*\nSeed 0, path '.*'\. The smallest case found:\n\n {2}const call = \{ kernel: 'map tanh', inputs: \[tensor\(Float32Array\.of\(0\), \[\]\)\], out: /,
    );
  });

  for (const [title, name, methods, cause] of wrong) {
    it(`refuses an engine that ${title}, by ${name}`, () => {
      const law = backendLaws.find((one) => one.name === name)!;
      // What remembers cannot be replayed, and so does not shrink within reasonable time.
      expect(() => law.check({ ...loops, ...methods }, { seconds: 2 }))
        .to.throw(LawError)
        .with.nested.property('cause.message')
        .that.matches(cause);
    });
  }
});
