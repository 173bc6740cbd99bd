import { add as plus, mul } from '@gradus/autodiff';
import { Random, tensor, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  add,
  batchNormalization,
  concatenate,
  conv2d,
  defineLayer,
  dense,
  flatten,
  graph,
  GraphNode,
  input,
  lambda,
  maxPooling2d,
  rootScope,
  sequence,
} from '../../../src/index';
import { checkLayer } from '../../../testing';

const context = { training: false, random: new Random(0) };
const scope = () => rootScope('model', { random: new Random(0) });
const times = (factor: number) => lambda((x) => mul(x, factor));

type Pair = { readonly a: Tensor; readonly b: Tensor };
const swap = () =>
  defineLayer<Pair, Pair>({
    kind: 'swap',
    config: {},
    outputShape: ({ a, b }) => ({ a: b, b: a }),
    build:
      () =>
      ({ a, b }) => ({ a: mul(b, 2), b: mul(a, 3) }),
  });

/** A residual block: x and two convolutions of it, added. */
const residual = () => {
  const begin = input([4, 4, 2]);
  const conv = conv2d({ filters: 2, kernelSize: 3, padding: 'same', activation: 'tanh' });
  const last = conv2d({ filters: 2, kernelSize: 1 }).apply(conv.apply(begin));
  return graph({ inputs: begin, outputs: add().apply([begin, last]), name: 'residual' });
};

describe('layer.apply', () => {
  it('gives a node of the shape that the layer gives', () => {
    const begin = input([28, 28, 1]);
    const layer = conv2d({ filters: 8, kernelSize: 3, name: 'edges' });
    const node = layer.apply(begin);
    expect(node).to.be.instanceOf(GraphNode);
    expect(node).to.include({ kind: 'conv2d', name: 'edges', part: 0 });
    expect(node.shape).to.deep.equal([26, 26, 8]);
    expect(node.origin!.layer).to.equal(layer);
    expect(node.origin!.from).to.deep.equal([begin]);
  });

  it('gives nodes in the form of the results', () => {
    const { a, b } = swap().apply({ b: input([1]), a: input([2]) });
    expect([a.shape, b.shape]).to.deep.equal([[1], [2]]);
    expect(a.origin).to.equal(b.origin);
  });

  const wrong: readonly [what: string, f: () => unknown, message: string][] = [
    [
      'a shape that does not fit',
      () => conv2d({ filters: 1, kernelSize: 3 }).apply(input([28, 28])),
      'conv2d: expected samples [height, width, channels]; received [28, 28]. Grey images have one ' +
        'channel: [28, 28, 1].',
    ],
    [
      'a shape that does not fit a layer with a name',
      () => conv2d({ filters: 1, kernelSize: 3, name: 'first' }).apply(input([2])),
      'first: conv2d: expected samples [height, width, channels]; received [2]. A sample has 3 axes, ' +
        'not 1; the batch is not counted.',
    ],
    [
      'a shape that does not fit a layer within',
      () => sequence([flatten(), conv2d({ filters: 1, kernelSize: 1 })]).apply(input([2])),
      '1_conv2d: conv2d: expected samples [height, width, channels]; received [2]. A sample has 3 ' +
        'axes, not 1; the batch is not counted.',
    ],
    [
      'a tensor',
      () => flatten().apply(zeros([1]) as never),
      'flatten: expected nodes made by input(shape) or layer.apply: one node, a list of some, or ' +
        'nodes by name; received a Tensor.',
    ],
    [
      'nothing',
      () => flatten().apply(undefined as never),
      'flatten: expected nodes made by input(shape) or layer.apply: one node, a list of some, or ' +
        'nodes by name; received undefined.',
    ],
    [
      'a list with a hole',
      () => add().apply([input([1]), null as never]),
      'add: expected nodes made by input(shape) or layer.apply: one node, a list of some, or ' +
        'nodes by name; received null.',
    ],
  ];
  for (const [what, f, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(f).to.throw(Error).with.property('message', message);
    });
  }
});

describe('graph', () => {
  it('computes what its nodes say', () => {
    const [x, y] = [input([2]), input([2])];
    const total = add().apply([times(10).apply(x), y]);
    const layer = graph({ inputs: [x, y], outputs: { total, again: times(2).apply(total) } });
    expect(layer.outputShape([[2], [2]])).to.deep.equal({ again: [2], total: [2] });
    const call = layer.build([[2], [2]], scope());
    const result = call([tensor([[1, 2]]), tensor([[3, 4]])], context);
    expect(result.total.toArray()).to.deep.equal([[13, 24]]);
    expect(result.again.toArray()).to.deep.equal([[26, 48]]);
  });

  it('keeps the contract of layers, as one tensor, lists and names', () => {
    checkLayer(residual(), {
      input: [4, 4, 2],
      outputShape: (shape) => shape,
      weights: {
        '0_conv2d/kernel': [3, 3, 2, 2],
        '0_conv2d/bias': [2],
        '1_conv2d/kernel': [1, 1, 2, 2],
        '1_conv2d/bias': [2],
      },
      parameters: { trainable: 36 + 2 + 4 + 2, nonTrainable: 0 },
    });
    const [left, right] = [input([2]), input([3])];
    const both = dense({ units: 2 });
    const merged = concatenate().apply([left, both.apply(left), dense({ units: 1 }).apply(right)]);
    checkLayer(graph({ inputs: [left, right], outputs: [both.apply(left), merged] }), {
      input: [[2], [3]],
      outputShape: (): readonly [Shape, Shape] => [[2], [5]],
      weights: {
        '0_dense/kernel': [2, 2],
        '0_dense/bias': [2],
        '2_dense/kernel': [3, 1],
        '2_dense/bias': [1],
      },
      parameters: { trainable: 6 + 4, nonTrainable: 0 },
    });
    const named = { b: input([2]), a: input([3]) };
    const swapped = swap().apply(named);
    const outputs = { z: swapped.a, y: dense({ units: 1 }).apply(swapped.b) };
    checkLayer(graph({ inputs: named, outputs }), {
      reading: { layers: { swap } },
      input: { b: [2], a: [3] },
      outputShape: () => ({ z: [2], y: [1] }),
      weights: { '1_dense/kernel': [3, 1], '1_dense/bias': [1] },
      parameters: { trainable: 4, nonTrainable: 0 },
    });
  });

  it('keeps the contract within a sequence, within a graph', () => {
    const begin = input([4, 4, 2]);
    const inner = sequence([residual(), residual()], { name: 'blocks' });
    const end = dense({ units: 1 }).apply(flatten().apply(inner.apply(begin)));
    const layer = graph({ inputs: begin, outputs: end });
    const root = scope();
    layer.build([4, 4, 2], root);
    expect(
      root.variables.map(({ name }) => name).filter((name) => /bias/.test(name)),
    ).to.deep.equal([
      'model/0_blocks/0_residual/0_conv2d/bias',
      'model/0_blocks/0_residual/1_conv2d/bias',
      'model/0_blocks/1_residual/0_conv2d/bias',
      'model/0_blocks/1_residual/1_conv2d/bias',
      'model/2_dense/bias',
    ]);
  });

  it('shares the weights of a layer that is applied twice', () => {
    const [x, y] = [input([3]), input([3])];
    const shared = dense({ units: 2 });
    const layer = graph({
      inputs: { x, y },
      outputs: concatenate().apply([shared.apply(x), shared.apply(y)]),
    });
    const root = scope();
    const call = layer.build({ x: [3], y: [3] }, root);
    expect(root.variables.map(({ name }) => name)).to.deep.equal([
      'model/0_dense/kernel',
      'model/0_dense/bias',
    ]);
    const z = tensor([1, 2, 3], [1, 3]);
    const [a, b, c, d] = call({ x: z, y: z }, context).toTypedArray();
    expect([a, b]).to.deep.equal([c, d]);
  });

  it('lists its layers, what they take, and what they cost', () => {
    const layer = residual();
    const members = layer.members!([4, 4, 2]);
    expect(members.map(({ name, from }) => [name, from])).to.deep.equal([
      ['0_conv2d', [-1]],
      ['1_conv2d', [0]],
      ['2_add', [-1, 1]],
    ]);
    expect(members[2]!.input).to.deep.equal([
      [4, 4, 2],
      [4, 4, 2],
    ]);
    expect(members[2]!.output).to.deep.equal([4, 4, 2]);
    expect(layer.multiplyAdds!([4, 4, 2])).to.equal(32 * 18 + 32 * 2);
  });

  it('calls thousands of layers one after the other', () => {
    const begin = input([1]);
    const one = lambda((x) => plus(x, 1), { outputShape: [1] });
    let node: GraphNode = begin;
    for (let i = 0; i < 3000; i++) node = one.apply(node);
    const call = graph({ inputs: begin, outputs: node }).build([1], scope());
    expect(call(zeros([1, 1]), context).toArray()).to.deep.equal([[3000]]);
  });

  it('may begin at a node that a layer gives, and end at an input', () => {
    const begin = input([2]);
    const middle = times(10).apply(begin);
    const layer = graph({ inputs: middle, outputs: [times(2).apply(middle), middle] });
    const results = layer.build([2], scope())(tensor([[1, 2]]), context);
    expect(results.map((y) => y.toArray())).to.deep.equal([[[2, 4]], [[1, 2]]]);
  });

  it('takes inputs of other sizes if its layers do', () => {
    expect(residual().outputShape([7, 5, 2])).to.deep.equal([7, 5, 2]);
  });

  it('computes chains in one pass, but gives what lies within them too', () => {
    const begin = input([6, 6, 1]);
    const conv = conv2d({ filters: 2, kernelSize: 3 }).apply(begin);
    const pooled = maxPooling2d().apply(conv);
    const x = tensor(
      Float32Array.from({ length: 36 }, (_, i) => Math.sin(i)),
      [1, 6, 6, 1],
    );
    const alone = graph({ inputs: begin, outputs: pooled }).build([6, 6, 1], scope());
    const both = graph({ inputs: begin, outputs: [conv, pooled] }).build([6, 6, 1], scope());
    const [first, second] = both(x, context);
    expect(first.shape).to.deep.equal([1, 4, 4, 2]);
    expect(second.toArray()).to.deep.equal(alone(x, context).toArray());
  });

  it('normalises between layers', () => {
    const begin = input([4, 4, 1]);
    const conv = conv2d({ filters: 2, kernelSize: 3, useBias: false });
    const end = batchNormalization().apply(conv.apply(begin));
    checkLayer(graph({ inputs: begin, outputs: end }), {
      input: [4, 4, 1],
      outputShape: () => [2, 2, 2],
      weights: {
        '0_conv2d/kernel': [3, 3, 1, 2],
        '1_batchNormalization/gamma': [2],
        '1_batchNormalization/beta': [2],
        '1_batchNormalization/movingMean': [2],
        '1_batchNormalization/movingVariance': [2],
      },
      parameters: { trainable: 18 + 4, nonTrainable: 4 },
    });
  });
});
