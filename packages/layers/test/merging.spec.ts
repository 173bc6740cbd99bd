import { OptionError, Random, ShapeError, tensor, type Shape, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  add,
  average,
  concatenate,
  input,
  maximum,
  minimum,
  multiply,
  rootScope,
  subtract,
  type MergingLayer,
} from '../src/index';
import { checkLayer } from '../testing';

const none = { weights: {}, parameters: { trainable: 0, nonTrainable: 0 } };
const run = (layer: MergingLayer, xs: readonly Tensor[]) => {
  const scope = rootScope('model', { random: new Random(0) });
  const call = layer.build(
    xs.map((x) => x.shape.slice(1)),
    scope,
  );
  return call(xs, { training: false, random: new Random(0) }).toArray();
};
const [a, b, c] = [tensor([[1, 8]]), tensor([[4, 2]]), tensor([[7, 5]])];

describe('A merging layer', () => {
  const results: readonly [MergingLayer, readonly number[]][] = [
    [add(), [12, 15]],
    [multiply(), [28, 80]],
    [average(), [4, 5]],
    [maximum(), [7, 8]],
    [minimum(), [1, 2]],
    [concatenate(), [1, 8, 4, 2, 7, 5]],
  ];
  for (const [layer, expected] of results) {
    it(`${layer.kind} gives the numbers worked by hand`, () => {
      expect(run(layer, [a, b, c])).to.deep.equal([expected]);
      expect(run(layer, [a])).to.deep.equal([[1, 8]]);
    });
  }

  it('subtract gives the difference of two', () => {
    expect(run(subtract(), [a, b])).to.deep.equal([[-3, 6]]);
  });

  it('broadcasts samples from the last axis on, and never the batch', () => {
    const image = tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 1, 2]);
    const gains = tensor([10, 100, 1000, 10000], [2, 2]);
    expect(multiply().outputShape([[2, 1, 2], [2]])).to.deep.equal([2, 1, 2]);
    expect(run(multiply(), [image, gains])).to.deep.equal([
      [[[10, 200]], [[30, 400]]],
      [[[5000, 60000]], [[7000, 80000]]],
    ]);
  });

  it('concatenate joins along the axis that it is given', () => {
    const [x, y] = [tensor([1, 2], [1, 1, 2]), tensor([3, 4, 5, 6], [1, 2, 2])];
    expect(run(concatenate({ axis: 1 }), [x, y])).to.deep.equal([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(concatenate({ axis: -2 }).apply([input([1, 2]), input([2, 2])]).shape).to.deep.equal([
      3, 2,
    ]);
  });

  for (const layer of [add(), multiply(), average(), maximum(), minimum({ name: 'least' })]) {
    it(`${layer.kind} keeps the contract of layers`, () => {
      checkLayer(layer, {
        ...none,
        input: [[2, 3], [2, 3], [3]],
        outputShape: ([first]) => first!,
        seed: 4,
      });
    });
  }

  it('subtract and concatenate keep the contract of layers', () => {
    checkLayer(subtract(), { ...none, input: [[2], [2]], outputShape: ([first]) => first! });
    checkLayer(concatenate({ axis: 1 }), {
      ...none,
      input: [
        [2, 3],
        [1, 3],
      ],
      outputShape: ([x, y]) => [x![0]! + y![0]!, 3],
    });
  });

  const wrong: readonly [MergingLayer, readonly Shape[], string][] = [
    [
      add(),
      [[2], [3]],
      'add: expected broadcastable shapes; received a [2] and b [3]. Axis -1 is 2 in a and 3 in b; ' +
        'sizes must match or be 1.',
    ],
    [
      subtract(),
      [[2]],
      'subtract: expected a list of 2 tensors; received 1 of them. Apply it to a list of nodes: ' +
        'layer.apply([a, b]).',
    ],
    [
      add(),
      [2, 3] as never,
      'add: expected a list of some tensors; received no list. Apply it to a list of nodes: ' +
        'layer.apply([a, b]).',
    ],
    [
      concatenate(),
      [
        [2, 3],
        [4, 3],
      ],
      'concatenate: expected samples that differ from [2, 3] along axis 2 only; received [4, 3]. ' +
        'The batch, axis 0, is not shown.',
    ],
    [
      concatenate({ axis: 0 }),
      [[2], [3]],
      'concatenate: expected an axis of samples [2]; received [0]. Axis 0 is the batch, 1 the first ' +
        'axis of a sample.',
    ],
  ];
  for (const [layer, shapes, message] of wrong) {
    it(`says ${message}`, () => {
      expect(() => layer.outputShape(shapes))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }

  it('refuses an axis that is none', () => {
    expect(() => concatenate({ axis: 0.5 })).to.throw(OptionError);
    expect(() => concatenate({ axis: [1, 2] as never })).to.throw(
      'concatenate: expected one axis; received [1, 2].',
    );
  });
});
