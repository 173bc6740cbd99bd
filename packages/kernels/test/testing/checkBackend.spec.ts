import { newTypedArray, sizeOf, type View } from '@gradus/tensor';
import { expect } from 'chai';
import { loops, type Backend } from '../../src/index';
import { checkBackend } from '../../testing/index';

/** Calls the kernel, then changes the first element of something. */
function spoiled({ data, shape, offset }: View, by = 1): void {
  if (!shape.includes(0)) data[offset]! += by;
}

/** Engines that are wrong, and what must be said of them. */
const wrong: readonly [title: string, engine: Partial<Backend>, message: RegExp][] = [
  [
    'forgets an element',
    { map: (kernel, x, out) => kernel === 'tanh' || loops.map(kernel, x, out) },
    /loops breaks "computes map tanh as defined.*Counterexample.*received NaN/s,
  ],
  [
    'writes before the result',
    {
      matMul(a, b, out) {
        loops.matMul(a, b, out);
        if (out.offset > 0) out.data[out.offset - 1] = 0;
      },
    },
    /breaks "computes matMul as defined.*element \d+ of the storage of out changed/s,
  ],
  [
    'changes an argument',
    {
      zip(kernel, a, b, out) {
        loops.zip(kernel, a, b, out);
        spoiled(a);
      },
    },
    /breaks "computes zip add as defined.*the storage of argument 0 changed/s,
  ],
  [
    'is off by 2e-5 in float32',
    {
      conv2d(x, filter, geometry, out) {
        loops.conv2d(x, filter, geometry, out);
        if (out.dtype === 'float32') {
          for (let i = 0; i < out.data.length; i++) out.data[i]! *= 1.00002;
        }
      },
    },
    /breaks "computes conv2d as defined.*more than 0\.00001 of the largest magnitude/s,
  ],
  [
    'takes every array for row-major',
    { reduce: (kernel, x, axes, out) => loops.reduce(kernel, asIfRowMajor(x), axes, out) },
    /breaks "computes reduce sum as defined/,
  ],
  [
    'allocates too little',
    {
      allocate: (dtype, size) => ({ dtype, data: newTypedArray(dtype, Math.min(size, 500)) }),
    },
    /breaks "allocates room.*expected \d+ elements of \w+; received 500/s,
  ],
  [
    'adds to what it computed before',
    remembering(),
    // Which law notices first depends on what was drawn.
    /^loops breaks "/,
  ],
  [
    'drops NaN',
    {
      conv2dInputGradient(dy, filter, geometry, out) {
        loops.conv2dInputGradient(dy, filter, geometry, out);
        const end = out.offset + sizeOf(out.shape);
        const values = out.data.subarray(out.offset, end);
        values.forEach((value, i) => (values[i] = Number.isNaN(value) ? 0 : value));
      },
    },
    /breaks "lets no NaN or infinity vanish in a conv2dInputGradient"/,
  ],
];

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

  it('accepts a wrapped engine', () => {
    checkBackend({ ...loops, name: 'loops' }, { numRuns: 5 });
  });

  for (const [title, methods, message] of wrong) {
    it(`refuses an engine that ${title}`, () => {
      expect(() => checkBackend({ ...loops, ...methods })).to.throw(message);
    });
  }
});
