import { expect } from 'chai';
import fc from 'fast-check';
import {
  DTypeError,
  dtypes,
  eye,
  fill,
  full,
  linspace,
  newTypedArray,
  ones,
  OptionError,
  range,
  scalar,
  ShapeError,
  tensor,
  zeros,
  type DType,
  type Shape,
  type Tensor,
} from '../src/index';
import { indicesOf, shapes } from '../testing/index';

describe('tensor of nested numbers', () => {
  const table = [
    { values: 5, shape: [], flat: [5] },
    { values: [], shape: [0], flat: [] },
    { values: [[], []], shape: [2, 0], flat: [] },
    { values: [1, 2], shape: [2], flat: [1, 2] },
    {
      values: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      shape: [3, 2],
      flat: [1, 2, 3, 4, 5, 6],
    },
    { values: [[[1], [2]]], shape: [1, 2, 1], flat: [1, 2] },
  ];
  for (const { values, shape, flat } of table) {
    it(`takes its shape from the nesting: ${JSON.stringify(values)}`, () => {
      const result = tensor(values);
      expect(result.shape).to.deep.equal(shape);
      expect(result.data).to.deep.equal(Float32Array.from(flat));
    });
  }

  it('takes another shape for as many numbers', () => {
    expect(tensor([1, 2, 3, 4, 5, 6], [2, 3]).toArray()).to.deep.equal([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('converts to the element type that is asked for', () => {
    expect(tensor([1.5, 2], undefined, 'int32').data).to.deep.equal(Int32Array.of(1, 2));
  });

  const ragged = [
    { values: [[1, 2], [3]], received: '[2] at 0 and [1] at 1' },
    { values: [[1], [2], 3], received: '[1] at 0 and [] at 2' },
    { values: [[[1, 2], [3]]], received: '[2] at 0 and [1] at 1' },
  ];
  for (const { values, received } of ragged) {
    it(`refuses the ragged ${JSON.stringify(values)}`, () => {
      expect(() => tensor(values))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `tensor: expected nested arrays of equal lengths; received ${received}.`,
        );
    });
  }

  for (const [values, received] of [
    [['a'], "'a'"],
    [[1, [null]], 'null'],
    [undefined, 'undefined'],
  ] as const) {
    it(`refuses what is no number: ${JSON.stringify(values)}`, () => {
      expect(() => Reflect.apply(tensor, undefined, [values]) as unknown)
        .to.throw(DTypeError)
        .with.property(
          'message',
          `tensor: expected a typed array, or numbers in nested arrays; received ${received}.`,
        );
    });
  }

  it('refuses a shape of another size', () => {
    expect(() => tensor([1, 2, 3, 4, 5], [2, 3]))
      .to.throw(ShapeError)
      .with.property('message', 'tensor: expected 6 numbers for the shape [2, 3]; received 5.');
  });

  it('refuses an impossible shape', () => {
    expect(() => tensor([1, 2], [-1, -2]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'tensor: expected a shape of whole numbers, none negative; received [-1, -2]. Axis 0 is -1.',
      );
  });
});

describe('tensor of a typed array', () => {
  for (const dtype of dtypes) {
    it(`adopts an array of ${dtype} without a copy`, () => {
      const data = newTypedArray(dtype, 6);
      const result: Tensor = tensor(data, [2, 3]);
      expect(result.data).to.equal(data);
      expect(result).to.include({ dtype, offset: 0 });
      expect(result.shape).to.deep.equal([2, 3]);
    });
  }

  it('is a vector where no shape is given', () => {
    expect(tensor(new Float64Array(4)).shape).to.deep.equal([4]);
  });

  it('sees the memory of a clamped array as uint8', () => {
    const pixels = new Uint8ClampedArray(new Uint8Array([9, 1, 2, 3]).buffer, 1, 3);
    const result: Tensor<'uint8'> = tensor(pixels);
    expect(result.data).to.deep.equal(Uint8Array.of(1, 2, 3));
    pixels[0] = 7;
    expect(result.at(0)).to.equal(7);
  });

  it('is typed by the array', () => {
    tensor(new Int32Array(1)) satisfies Tensor<'int32'>;
    // @ts-expect-error a Float32Array holds no float64
    expect(() => tensor(new Float32Array(1), [1], 'float64'))
      .to.throw(DTypeError)
      .with.property(
        'message',
        'tensor: expected an array of float64; received one of float32. ' +
          "Leave the dtype out and convert with cast(x, 'float64').",
      );
  });
});

describe('a filled tensor', () => {
  const makers: { name: string; make: (shape: Shape, dtype?: DType) => Tensor; value: number }[] = [
    { name: 'zeros', make: zeros, value: 0 },
    { name: 'ones', make: ones, value: 1 },
    { name: 'full', make: (shape, dtype) => full(shape, 7, dtype), value: 7 },
    { name: 'fill', make: (shape, dtype) => fill(shape, () => 7, dtype), value: 7 },
  ];
  for (const { name, make, value } of makers) {
    it(`from ${name} holds ${value} everywhere, in any shape and type`, () => {
      fc.assert(
        fc.property(shapes({ minSize: 0 }), fc.constantFrom(...dtypes), (shape, dtype) => {
          const result = make(shape, dtype);
          expect(result.dtype).to.equal(dtype);
          expect(result.shape).to.deep.equal(shape);
          const values = indicesOf(shape).map((index) => result.at(...index));
          expect(values).to.deep.equal(values.map(() => value));
        }),
      );
    });

    it(`from ${name} is float32 unless asked otherwise`, () => {
      expect(make([2]).dtype).to.equal('float32');
    });

    it(`from ${name} names it when the shape is impossible`, () => {
      expect(() => make([2, 0.5]))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `${name}: expected a shape of whole numbers, none negative; received [2, 0.5]. Axis 1 is 0.5.`,
        );
    });
  }

  it('from fill draws the elements one after the other, row by row', () => {
    const drawn: number[] = [];
    const result = fill([2, 3], (index) => drawn.push(index) * 10);
    expect(drawn).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(result.toArray()).to.deep.equal([
      [10, 20, 30],
      [40, 50, 60],
    ]);
  });
});

describe('scalar', () => {
  it('has no axes', () => {
    expect(scalar(2.5).shape).to.deep.equal([]);
    expect(scalar(2.5).item()).to.equal(2.5);
    expect(scalar(2.5, 'int32').item()).to.equal(2);
  });
});

describe('eye', () => {
  it('has ones where row and column agree', () => {
    const result = eye(4, 'float64');
    for (const [i, j] of indicesOf([4, 4])) expect(result.at(i!, j!)).to.equal(i === j ? 1 : 0);
    expect(eye(0).shape).to.deep.equal([0, 0]);
  });
});

describe('range', () => {
  const table: { args: Parameters<typeof range>; values: number[] }[] = [
    { args: [0, 4], values: [0, 1, 2, 3] },
    { args: [2, 2], values: [] },
    { args: [0, 5, { step: 2 }], values: [0, 2, 4] },
    { args: [0, 4, { step: 2 }], values: [0, 2] },
    { args: [3, 0, { step: -1 }], values: [3, 2, 1] },
    { args: [0, 1, { step: 0.25 }], values: [0, 0.25, 0.5, 0.75] },
  ];
  for (const { args, values } of table) {
    it(`(${args.map((arg) => JSON.stringify(arg)).join(', ')}) is ${JSON.stringify(values)}`, () => {
      expect(range(...args).toArray()).to.deep.equal(values);
    });
  }

  it('does not add up rounding errors', () => {
    const tenths = range(0, 100, { step: 0.1, dtype: 'float64' });
    expect(tenths.size).to.equal(1000);
    expect(tenths.at(999)).to.equal(999 * 0.1);
  });

  const refused: { args: Parameters<typeof range>; received: string; hint: string }[] = [
    { args: [0, 5, { step: -2 }], received: 'start 0, stop 5, step -2', hint: 'Try step 2.' },
    { args: [5, 0], received: 'start 5, stop 0, step 1', hint: 'Try step -1.' },
    { args: [5, 0, { step: 0 }], received: 'start 5, stop 0, step 0', hint: 'Try step -1.' },
    { args: [2, 2, { step: 0 }], received: 'start 2, stop 2, step 0', hint: 'Try step 1.' },
  ];
  for (const { args, received, hint } of refused) {
    it(`refuses ${received}`, () => {
      expect(() => range(...args))
        .to.throw(OptionError)
        .with.property(
          'message',
          `range: expected a step that leads from start to stop; received ${received}. ${hint}`,
        );
    });
  }
});

describe('linspace', () => {
  it('is worked by hand', () => {
    expect(linspace(1, 2, 5).toArray()).to.deep.equal([1, 1.25, 1.5, 1.75, 2]);
    expect(linspace(1, -1, 3).toArray()).to.deep.equal([1, 0, -1]);
    expect(linspace(3, 4, 1).toArray()).to.deep.equal([3]);
    expect(linspace(3, 4, 0).toArray()).to.deep.equal([]);
  });

  it('starts and stops exactly, with equal distances between', () => {
    const anyDouble = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(anyDouble, anyDouble, fc.integer({ min: 2, max: 50 }), (start, stop, count) => {
        const values = linspace(start, stop, count, 'float64').toTypedArray();
        expect(values[0]! - start).to.equal(0);
        expect(values[count - 1]! - stop).to.equal(0);
        const step = (stop - start) / (count - 1);
        for (let i = 1; i < count; i++) {
          expect(values[i]! - values[i - 1]!).to.be.closeTo(step, 1e-8);
        }
      }),
    );
  });
});
