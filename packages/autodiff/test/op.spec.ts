import { DTypeError, scalar, ShapeError, tensor, zeros, type DType } from '@gradus/tensor';
import { expect } from 'chai';
import {
  add,
  conv2d,
  conv2dInputGradient,
  defineOp,
  div,
  matMul,
  mul,
  neg,
  relu,
  slice,
  sum,
  transpose,
  withBackend,
} from '../src/index';
import { engines } from '../testing';

describe('An operation', () => {
  const x = tensor([1, 2, 3]);

  it('takes its inputs in order, then its attributes', () => {
    expect(slice(x, { begin: [1], size: [2] }).toArray()).to.deep.equal([2, 3]);
  });

  it('has no attributes where its definition has none, and may leave out optional ones', () => {
    expect(sum(x).item()).to.equal(6);
    // @ts-expect-error: neg has no attributes.
    expect(neg(x, 1).toArray()).to.deep.equal([-1, -2, -3]);
    // @ts-expect-error: slice needs a box.
    expect(() => slice(x)).to.throw();
    const image = zeros([1, 2, 2, 1]);
    expect(conv2d(image, zeros([1, 1, 1, 1])).size).to.equal(4);
    // @ts-expect-error: the shape of x is needed.
    expect(() => conv2dInputGradient(image, zeros([1, 1, 1, 1]), {})).to.throw();
    // @ts-expect-error: the option is called strides.
    expect(conv2d(image, zeros([1, 1, 1, 1]), { stride: 2 }).size).to.equal(4);
    // @ts-expect-error: there is no third term.
    expect(add(x, x, x).toArray()).to.deep.equal([2, 4, 6]);
  });

  it('leaves its arguments alone', () => {
    add(x, x);
    expect(x.toArray()).to.deep.equal([1, 2, 3]);
  });

  it('knows its definition and its samples as calls', () => {
    expect(add.definition.inputs).to.deep.equal(['a', 'b']);
    const box = slice.cases[0]!;
    expect(box.op).to.equal('slice');
    expect(box.inputs).to.deep.equal([{ name: 'x', shape: 'mn' }]);
    expect(box.call([tensor([[1], [2], [3]])]).toArray()).to.deep.equal([[2], [3]]);
  });
});

describe('A number as an argument', () => {
  for (const dtype of ['float32', 'float64', 'int32', 'uint8'] as const) {
    it(`becomes a scalar of the other's ${dtype}`, () => {
      expect(add(tensor([5], undefined, dtype), 2).dtype).to.equal(dtype);
      expect(add(2, tensor([5], undefined, dtype)).toArray()).to.deep.equal([7]);
    });
  }

  it('becomes float32 where there is no tensor', () => {
    const three = add(1, 2);
    expect(three.dtype).to.equal('float32');
    expect(three.shape).to.deep.equal([]);
    expect(three.item()).to.equal(3);
  });

  it('is rounded to the precision of the other', () => {
    expect(mul(scalar(1), 0.1).item()).to.equal(Math.fround(0.1));
    expect(mul(scalar(1, 'float64'), 0.1).item()).to.equal(0.1);
  });

  const unfit: readonly [DType, number][] = [
    ['int32', 0.5],
    ['uint8', -1],
    ['uint8', 256],
    ['int32', NaN],
  ];
  for (const [dtype, value] of unfit) {
    it(`must be one that the other's ${dtype} can hold, unlike ${value}`, () => {
      expect(() => mul(tensor([4], undefined, dtype), value))
        .to.throw(DTypeError)
        .with.property(
          'message',
          `mul: expected a number that ${dtype} can hold, as a is ${dtype}; received ${value}. ` +
            `Convert a: cast(a, 'float32').`,
        );
    });
  }
});

describe('An argument of the wrong type', () => {
  const x32 = tensor([1]);
  const x64 = tensor([1], undefined, 'float64');
  const whole = tensor([1], undefined, 'int32');
  const wrong: readonly [string, () => unknown, string][] = [
    [
      'of another element type than the first',
      () => add(x32, x64),
      'add: expected one dtype for all inputs; received a float32 and b float64. ' +
        "Convert one of them: cast(b, 'float32').",
    ],
    [
      'that holds integers beside real numbers, which are to stay so',
      () => add(whole, x64),
      'add: expected one dtype for all inputs; received a int32 and b float64. ' +
        "Convert one of them: cast(a, 'float64').",
    ],
    [
      'that holds integers, for a function of real numbers',
      () => relu(whole),
      "relu: expected float32 or float64; received x int32. Convert it: cast(x, 'float32').",
    ],
    [
      'that holds integers, for a division',
      () => div(whole, 2),
      "div: expected float32 or float64; received a int32. Convert it: cast(a, 'float32').",
    ],
    [
      'that is left out',
      // @ts-expect-error: two inputs are needed.
      () => matMul(x32),
      'matMul: expected 2 tensors or numbers; received undefined. ' +
        'Make a tensor of your data with tensor(values); of a variable, pass its .value.',
    ],
    [
      'that is an array',
      // @ts-expect-error: an array is no tensor.
      () => neg([1, 2]),
      'neg: expected 1 tensor or number; received object. ' +
        'Make a tensor of your data with tensor(values); of a variable, pass its .value.',
    ],
    [
      'that is null',
      // @ts-expect-error: null is no tensor.
      () => neg(null),
      'neg: expected 1 tensor or number; received null. ' +
        'Make a tensor of your data with tensor(values); of a variable, pass its .value.',
    ],
  ];
  for (const [what, call, message] of wrong) {
    it(`is an error: one ${what}`, () => {
      expect(call).to.throw(DTypeError).with.property('message', message);
    });
  }
});

describe('defineOp', () => {
  const definition = {
    name: 'doubled',
    inputs: ['x'] as const,
    shape: ({ x }: { readonly x: readonly number[] }) => x,
    gradient: () => ({ x: null }),
    samples: [],
  };

  it('gives the result of compute, in memory of its own', () => {
    const doubled = defineOp({
      ...definition,
      compute: (backend, { x }, _, out) => backend.zip('add', x, x, out),
    });
    const x = tensor([1, 2]);
    const y = doubled(x);
    expect(y.toArray()).to.deep.equal([2, 4]);
    expect(y.data).not.to.equal(x.data);
  });

  it('takes the result of view where there is one, and does not compute', () => {
    const same = defineOp({
      ...definition,
      view: ({ x }) => x,
      compute: () => expect.fail('compute was called'),
    });
    const x = tensor([1, 2]);
    expect(same(x).data).to.equal(x.data);
  });

  it('takes view and compute together: the one where strides allow it, the other elsewhere', () => {
    const flat = defineOp({
      ...definition,
      shape: ({ x }) => [x[0]! * x[1]!],
      view: ({ x }) => (x.strides[1] === 1 ? { ...x, shape: [4], strides: [1] } : undefined),
      compute: (_, { x }, __, out) => out.data.set(x.toTypedArray()),
    });
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(flat(x).data).to.equal(x.data);
    expect(flat(transpose(x)).toArray()).to.deep.equal([1, 3, 2, 4]);
  });

  it('says so when neither gives a result', () => {
    expect(() => defineOp(definition)(scalar(1)))
      .to.throw(Error)
      .with.property('message', 'doubled: its view gave no layout, and it has no compute.');
  });

  it('computes on the current engine', () => {
    const names: string[] = [];
    const asks = defineOp({ ...definition, compute: ({ name }) => void names.push(name) });
    for (const engine of engines) withBackend(engine, () => asks(scalar(1)));
    expect(names).to.deep.equal(engines.map(({ name }) => name));
  });

  it('takes its types from its definition', () => {
    const scale = defineOp({
      name: 'scale',
      inputs: ['x', 'by'],
      shape: ({ x }, { times }: { readonly times: number }) => x.map((size) => size * times),
      compute: () => undefined,
      gradient: () => ({ x: null, by: null }),
      samples: [{ inputs: { x: 'm', by: '' }, attributes: { times: 2 } }],
    });
    expect(scale(tensor([1]), 2, { times: 3 }).shape).to.deep.equal([3]);
    // @ts-expect-error: the attributes are missing.
    expect(() => scale(tensor([1]), 2)).to.throw(TypeError);
    // @ts-expect-error: an input is missing.
    expect(() => scale(tensor([1]), { times: 3 })).to.throw(DTypeError);
    // @ts-expect-error: times is a number.
    scale(tensor([1]), 2, { times: '3' });
    // @ts-expect-error: there is no such option.
    scale(tensor([1]), 2, { times: 1, plus: 4 });

    // @ts-expect-error: a rule for y instead of x.
    defineOp({ ...definition, gradient: () => ({ y: null }) });
    // @ts-expect-error: a sample of y instead of x.
    defineOp({ ...definition, samples: [{ inputs: { y: 'm' } }] });
  });

  it('fills in the defaults of a sample', () => {
    const op = defineOp({ ...definition, samples: [{ inputs: { x: 'm' } }] });
    expect(op.cases[0]).to.deep.include({ sizes: {}, domain: [-2, 2], kinks: [] });
  });

  it('passes errors of the shape rule on', () => {
    const refuses = defineOp({
      ...definition,
      shape: () => {
        throw new ShapeError({ op: 'refuses', expected: 'another shape', received: '[2]' });
      },
    });
    expect(() => refuses(tensor([1, 2])))
      .to.throw(ShapeError)
      .with.property('message', 'refuses: expected another shape; received [2].');
  });
});
