import { loops, type Backend } from '@gradus/kernels';
import { OptionError, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { defineOp, mul, neg, square, stopGradient, type OpDefinition } from '../../src/index';
import { checkOperation, engines } from '../../testing';

/** x^3, each piece of which can be replaced by a wrong one. */
const cube: OpDefinition<'x', undefined> & { readonly inputs: readonly ['x'] } = {
  name: 'cube',
  inputs: ['x'],
  shape: ({ x }) => x,
  compute: (_, { x }, __, out) => fill(out, x, (v) => v ** 3),
  gradient: (dy, { inputs: { x } }) => ({ x: () => mul(dy, mul(square(x), 3)) }),
  samples: [{ inputs: { x: 'mn' }, domain: [0.5, 2] }, { inputs: { x: '' } }],
};

function fill(out: Tensor, x: Tensor, f: (value: number, i: number) => number): void {
  out.data.set(x.toTypedArray().map(f));
}

function check(changes: Partial<typeof cube>, on: readonly Backend[] = engines): () => void {
  const op = defineOp({ ...cube, ...changes });
  return () => checkOperation(op, { seed: 1, engines: on });
}

describe('checkOperation', () => {
  it('accepts an operation that is right, on every engine, at every sample', () => {
    const calls = new Set<string>();
    const noted = defineOp({
      ...cube,
      compute: (engine, inputs, attributes, out) => {
        calls.add(`${engine.name} ${out.rank}`);
        cube.compute?.(engine, inputs, attributes, out);
      },
    });
    checkOperation(noted);
    expect([...calls].sort()).to.deep.equal(
      engines.flatMap(({ name }) => [`${name} 0`, `${name} 2`]).sort(),
    );
  });

  const wrong: readonly [string, Partial<typeof cube>, RegExp][] = [
    [
      'whose gradient has the wrong sign',
      { gradient: (dy, { inputs: { x } }) => ({ x: () => neg(mul(dy, mul(square(x), 3))) }) },
      /^cube: sample 0 \(x mn\) on reference: gradient of x \[1, 1\] against central differences: expected /,
    ],
    [
      'whose gradient is too large by a millionth part and a half',
      {
        gradient: (dy, { inputs: { x } }) => ({ x: () => mul(dy, mul(square(x), 3 + 4.5e-6)) }),
      },
      /gradient of x \[1, 1\] against central differences/,
    ],
    [
      'that says it has no gradient and has one',
      { gradient: () => ({ x: null }) },
      /gradient of x \[1, 1\] against central differences: expected .*; received 0/,
    ],
    [
      'whose gradient mixes elements up',
      {
        samples: [{ inputs: { x: '3' } }],
        compute: (_, { x }, __, out) => fill(out, x, (v) => v),
        gradient: (dy) => ({ x: () => reversed(dy) }),
      },
      /gradient of x \[3\] against central differences/,
    ],
    [
      'whose gradient cannot be differentiated again',
      {
        gradient: (dy, { inputs: { x } }) => ({
          x: () => mul(dy, mul(square(stopGradient(x)), 3)),
        }),
      },
      /: second-order gradient of x \[1, 1\] against central differences: expected /,
    ],
    [
      'that does not fill its result',
      { compute: () => undefined },
      /on reference: result: expected .*; received NaN/,
    ],
    [
      'that changes its input, were it by the last bits',
      {
        compute: (engine, inputs, attributes, out) => {
          cube.compute?.(engine, inputs, attributes, out);
          const { data } = inputs.x;
          data.forEach((v, i) => (data[i] = v * (1 + 2 ** -50)));
        },
      },
      /on reference: x \[1, 1\] after the call: expected /,
    ],
    [
      'that differs on one engine',
      {
        compute: ({ name }, { x }, _, out) =>
          fill(out, x, (v) => v ** 3 * (name === 'loops' ? 1 + 1e-11 : 1)),
      },
      /^cube: sample 0 \(x mn\) on loops: result: expected /,
    ],
    [
      'that is inexact in float32',
      {
        compute: (_, { x }, __, out) =>
          fill(out, x, (v) => v ** 3 * (out.dtype === 'float32' ? 1.0001 : 1)),
      },
      /: float32 result: expected /,
    ],
    [
      'whose gradient is inexact in float32',
      {
        gradient: (dy, { inputs: { x } }) => ({
          x: () => mul(dy, mul(square(x), dy.dtype === 'float32' ? 3.0001 : 3)),
        }),
      },
      /: float32 gradient of x \[1, 1\]: expected /,
    ],
    [
      'that is wrong at its last sample alone',
      { compute: (_, { x }, __, out) => fill(out, x, (v) => (out.rank === 0 ? NaN : v ** 3)) },
      /^cube: sample 1 \(x scalar\) on reference: .* Seed 1; inputs \[/,
    ],
  ];
  for (const [what, changes, message] of wrong) {
    it(`refuses an operation ${what}`, () => {
      expect(check(changes)).to.throw(message);
    });
  }

  it('checks on the engines it is given', () => {
    const used = new Set<string>();
    const compute: typeof cube.compute = (engine, ...rest) => {
      used.add(engine.name);
      cube.compute?.(engine, ...rest);
    };
    check({ compute }, [loops])();
    expect([...used]).to.deep.equal(['reference', 'loops']);
  });

  it('refuses an operation without samples, of which it could say nothing', () => {
    expect(check({ samples: [] }))
      .to.throw(OptionError)
      .with.property('message', 'cube: expected samples to check it at; received none.');
  });
});

const reversed = defineOp({
  name: 'reversed',
  inputs: ['x'],
  shape: ({ x }) => x,
  view: ({ x: { shape, strides, offset } }) => ({
    shape,
    strides: [-strides[0]!],
    offset: offset + (shape[0]! - 1) * strides[0]!,
  }),
  gradient: (dy) => ({ x: (): Tensor => reversed(dy) }),
  samples: [{ inputs: { x: 'n' } }],
});
