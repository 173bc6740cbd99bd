import { add, mul, valueAndGrad, type Variable } from '@gradus/autodiff';
import { ones, OptionError, Random, ShapeError, zeros, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import {
  conv2d,
  defineLayer,
  initializers,
  input,
  lambda,
  regularizers,
  rootScope,
  sequence,
  type CallContext,
} from '../../src/index';

const scope = (seed = 0) => rootScope('model', { random: new Random(seed) });
const context = { training: false, random: new Random(0) };

describe('A scope', () => {
  it('names variables by its path and lists them as they were made', () => {
    const root = scope();
    const first = root.variable('b', [2], 'ones');
    const second = root.variable('a', [], 'zeros', { trainable: false });
    expect(root.variables).to.deep.equal([first, second]);
    expect([first.name, second.name]).to.deep.equal(['model/b', 'model/a']);
    expect([first.trainable, second.trainable]).to.deep.equal([true, false]);
  });

  it('can describe variables without their values, however many these are', () => {
    const options = { random: new Random(0), dtype: 'float64', withValues: false } as const;
    const root = rootScope('model', options);
    const described = root.variable('w', [2 ** 30, 2 ** 10], 'heNormal', { trainable: false });
    const { name, value, trainable } = described;
    expect([name, value.shape, value.dtype]).to.deep.equal([
      'model/w',
      [2 ** 30, 2 ** 10],
      'float64',
    ]);
    expect(trainable).to.equal(false);
    expect(root.variables).to.deep.equal([described]);
    expect(() => value.data).to.throw('model/w: this weight is only described and has no values.');
    expect(() => root.variable('v', [1], 'warm' as 'zeros')).to.throw(OptionError);
  });

  it('makes float32 variables unless it is told otherwise', () => {
    expect(scope().variable('w', [1], 'ones').value.dtype).to.equal('float32');
    const exact = rootScope('model', { random: new Random(0), dtype: 'float64' });
    expect(exact.dtype).to.equal('float64');
    expect(exact.variable('w', [1], 'ones').value.dtype).to.equal('float64');
  });

  it('gives a variable the same first value whatever was made before it', () => {
    const [one, other] = [scope(), scope()];
    other.variable('before', [100], 'randomNormal');
    const [a, b] = [one, other].map((root) => root.variable('w', [3], 'randomNormal').value);
    expect(a!.toArray()).to.deep.equal(b!.toArray());
  });

  it('gives variables of other names, and of other seeds, other values', () => {
    const root = scope();
    const values = [
      root.variable('a', [3], 'randomNormal'),
      root.variable('b', [3], 'randomNormal'),
      scope(1).variable('a', [3], 'randomNormal'),
    ].map(({ value }) => String(value.toArray()));
    expect(new Set(values).size).to.equal(3);
  });

  it('refuses a name twice: both would begin with the same values', () => {
    const twoKernels = defineLayer({
      kind: 'twoKernels',
      config: {},
      outputShape: (shape) => shape,
      build(_, within) {
        const [a, b] = [within.variable('w', [], 'ones'), within.variable('w', [], 'ones')];
        return (x) => add(mul(x, a.value), b.value);
      },
    });
    expect(() => sequence([twoKernels]).build([1], scope()))
      .to.throw(OptionError)
      .with.property(
        'message',
        'model/0_twoKernels: scope.variable: expected a name of its own for each variable of a ' +
          "model; received 'model/0_twoKernels/w' again.",
      );
  });

  it('builds one layer object once, and shares its weights', () => {
    const layer = conv2d({ filters: 1, kernelSize: 1 });
    const root = scope();
    const [first, second] = [root.build('a', layer, [2, 2, 1]), root.build('b', layer, [2, 2, 1])];
    const x = ones([1, 2, 2, 1]);
    expect(first(x, context).toArray()).to.deep.equal(second(x, context).toArray());
    expect(root.variables.map(({ name }) => name)).to.deep.equal([
      'model/a/kernel',
      'model/a/bias',
    ]);
    const twin = conv2d({ filters: 1, kernelSize: 1 });
    root.build('b', twin, [2, 2, 1]);
    expect(root.variables).to.have.length(4);
  });

  it('builds a layer again for an input of another shape, with the same weights', () => {
    const shapes: Shape[] = [];
    const layer = defineLayer({
      kind: 'plus',
      config: {},
      outputShape: (shape) => shape,
      build(shape, within) {
        shapes.push(shape);
        const w = within.variable('w', shape.slice(-1), 'ones');
        return (x) => add(x, w.value);
      },
    });
    const root = scope();
    root.build('a', layer, [2]);
    root.build('b', sequence([layer]), [5, 2]);
    expect(shapes).to.deep.equal([[2], [5, 2]]);
    expect(root.variables.map(({ name }) => name)).to.deep.equal(['model/a/w']);
    expect(() => root.build('c', layer, [3])).to.throw(
      'model/c: scope.variable: expected inputs for which a layer that is used twice has the same ' +
        'weights; received model/a/w [2] and [3].',
    );
  });

  it('gives a layer that is used twice a stream for each use', () => {
    const drawn: number[] = [];
    const draw = lambda(
      (x, { random }: CallContext) => {
        drawn.push(random.uniform());
        return x;
      },
      { outputShape: [1] },
    );
    const call = sequence([draw, draw]).build([1], scope());
    call(zeros([1, 1]), { training: true, random: new Random(5) });
    expect(drawn).to.have.length(2);
    expect(drawn[0]).to.not.equal(drawn[1]);
  });

  it('adds up what regularizers say of trainable variables', () => {
    const root = scope();
    expect(root.penalty()).to.equal(undefined);
    root.variable('free', [2], 'ones');
    root.variable('fixed', [2], 'ones', { trainable: false, regularizer: 'l2' });
    expect(root.penalty()).to.equal(undefined);
    const a = root.variable('a', [2], 'ones', { regularizer: 'l2' });
    root.variable('b', [3], 'ones', { regularizer: regularizers.l1({ l1: 2 }) });
    expect(root.penalty()!.item()).to.be.closeTo(0.01 * 2 + 2 * 3, 1e-6);
    expect(root.penalty([a])!.item()).to.be.closeTo(0.02, 1e-8);
    const { grads } = valueAndGrad(() => root.penalty()!, [a]);
    expect([...grads[0].toTypedArray()][1]).to.be.closeTo(0.02, 1e-8);
  });

  it('constrains trainable variables', () => {
    const root = scope();
    const make = (name: string, trainable: boolean): Variable =>
      root.variable(name, [2], initializers.constant(-1), { trainable, constraint: 'nonNeg' });
    const [a, b, fixed] = [make('a', true), make('b', true), make('fixed', false)];
    root.constrain([a]);
    expect(b.value.toArray()).to.deep.equal([-1, -1]);
    root.constrain();
    const values = [a, b, fixed].map((variable) => variable.value.toArray());
    expect(values).to.deep.equal([
      [0, 0],
      [0, 0],
      [-1, -1],
    ]);
  });

  for (const [what, options] of [
    ['regularizer', { regularizer: 'l3' as never }],
    ['constraint', { constraint: 'l3' as never }],
  ] as const) {
    it(`refuses an unknown ${what}, naming the layer`, () => {
      const within = scope();
      expect(() => within.variable('w', [1], 'ones', options)).to.throw(
        `${what}: expected one of `,
      );
      expect(within.variables).to.deep.equal([]);
    });
  }

  it('asks a layer whether it can take its input, also the second time', () => {
    const layer = conv2d({ filters: 1, kernelSize: 3 });
    const root = scope();
    root.build('a', layer, [3, 3, 1]);
    expect(() => root.build('b', layer, [2, 2, 1]))
      .to.throw(ShapeError)
      .with.property('layer', 'model/b');
  });

  it('gives each layer a stream of its own, whatever the layers before it draw', () => {
    const drawing = (count: number) => {
      const drawn: number[] = [];
      const layer = lambda(
        (x, { random }: CallContext) => {
          for (let i = 0; i < count; i++) drawn.push(random.uniform());
          return x;
        },
        { outputShape: [1] },
      );
      return { drawn, layer };
    };
    const run = (counts: readonly number[]) => {
      const members = counts.map(drawing);
      const call = sequence(members.map(({ layer }) => layer)).build([1], scope());
      call(zeros([1, 1]), { training: true, random: new Random(5) });
      return members.map(({ drawn }) => drawn);
    };
    const [first, second] = run([1, 2]);
    expect(first![0]).to.not.equal(second![0]);
    expect(run([9, 2])[1]).to.deep.equal(second);
    expect(run([1, 2])).to.deep.equal([first, second]);
  });

  it('names the innermost layer in an error, once', () => {
    const model = sequence([sequence([lambda((x) => add(x, zeros([7])), { outputShape: [3] })])]);
    const call = scope().build('net', model, [3]);
    expect(() => call(zeros([2, 3]), context)).to.throw(
      'model/net/0_sequence/0_lambda: add: expected broadcastable shapes; received a [2, 3] and ' +
        'b [7]. Axis -1 is 3 in a and 7 in b; sizes must match or be 1.',
    );
  });

  it('leaves errors of other kinds alone', () => {
    const failure = new Error('mine');
    const broken = lambda(
      () => {
        throw failure;
      },
      { outputShape: [1] },
    );
    const call = scope().build('broken', broken, [1]);
    expect(() => call(zeros([1, 1]), context)).to.throw(failure);
  });
});

describe('defineLayer', () => {
  it('freezes the recipe', () => {
    const layer = conv2d({ filters: 1, kernelSize: 1 });
    expect(Object.isFrozen(layer)).to.be.true;
    expect(Object.isFrozen(layer.config)).to.be.true;
  });
});

describe('input', () => {
  it('keeps the shape of one sample', () => {
    const shape = [28, 28, 1];
    const begin = input(shape);
    shape[2] = 3;
    expect(begin.kind).to.equal('input');
    expect(begin.shape).to.deep.equal([28, 28, 1]);
    expect(begin.name).to.equal(undefined);
    expect(input([2], { name: 'mask' }).name).to.equal('mask');
  });

  it('refuses what is no shape', () => {
    expect(() => input(28 as never)).to.throw(
      'input: expected the shape of one sample, such as [28, 28, 1]; received 28.',
    );
  });

  it('refuses sizes that are not whole numbers', () => {
    expect(() => input([28, -1]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'input: expected a shape of whole numbers, none negative; received [28, -1]. Axis 1 is -1.',
      );
  });
});
