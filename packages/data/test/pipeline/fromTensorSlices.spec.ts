import { expect } from 'chai';
import { OptionError, range, scalar, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { Dataset } from '../../src/index';
import { seen } from './seen';

describe('Dataset.fromTensorSlices', () => {
  it('gives rows with a first axis less', async () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const rows = await Dataset.fromTensorSlices([x, { y: range(0, 2) }]).toArray();
    expect(seen(rows)).to.deep.equal([
      [{ dtype: 'float32', shape: [2], is: [1, 2] }, { y: { dtype: 'float32', shape: [], is: 0 } }],
      [{ dtype: 'float32', shape: [2], is: [3, 4] }, { y: { dtype: 'float32', shape: [], is: 1 } }],
    ]);
  });

  const refusals: readonly (readonly [kind: unknown, tensors: unknown, text: string])[] = [
    [
      ShapeError,
      { x: zeros([4, 2]), deep: [zeros([3])] },
      'fromTensorSlices: expected tensors whose first axes have one size; received [4, 2] as x and [3] as deep.0.',
    ],
    [
      ShapeError,
      scalar(1),
      'fromTensorSlices: expected a tensor with at least one axis; received [].',
    ],
    [ShapeError, [], 'fromTensorSlices: expected at least one tensor; received none.'],
    [
      ShapeError,
      { x: undefined },
      'fromTensorSlices: expected at least one tensor; received none.',
    ],
    [
      OptionError,
      [1, 2],
      'fromTensorSlices: expected a tensor, or lists and records of tensors; received 1 as 0. Lists of other things are for Dataset.from.',
    ],
    [
      OptionError,
      undefined,
      'fromTensorSlices: expected a tensor, or lists and records of tensors; received undefined. Lists of other things are for Dataset.from.',
    ],
    [
      OptionError,
      { x: new Map() },
      'fromTensorSlices: expected a tensor, or lists and records of tensors; received a Map as x. Lists of other things are for Dataset.from.',
    ],
  ];
  for (const [kind, tensors, text] of refusals) {
    it(`refuses: ${text}`, () => {
      expect(() => Dataset.fromTensorSlices(tensors as never))
        .to.throw(kind as typeof ShapeError)
        .with.property('message', text);
    });
  }
});

describe('The types of a dataset', () => {
  it('follow its elements', async () => {
    const labelled: Dataset<{ readonly x: Tensor<'float32'>; readonly y: Tensor<'int32'> }> =
      Dataset.fromTensorSlices({ x: zeros([4, 2]), y: zeros([4], 'int32') }).batch(2);
    const numbers: Dataset<Tensor<'float32'>> = Dataset.from([1, 2]).batch(2);
    const pairs: Dataset<readonly [Tensor<'float32'>, Tensor<'uint8'>]> = Dataset.from([1])
      .map((x) => [x, Uint8Array.of(x)] as const)
      .batch(1);
    const narrowed: Dataset<string> = Dataset.from([1, 'a']).filter((x) => typeof x === 'string');
    const awaited: Dataset<number> = Dataset.from([Promise.resolve(1)]);
    const joined: Dataset<number | string> = Dataset.from([1]).concatenate(Dataset.from(['a']));
    // @ts-expect-error: not a tensor
    expect(() => Dataset.fromTensorSlices({ x: 'no' })).to.throw(OptionError);
    // @ts-expect-error: labels are int32
    const wrong: Dataset<{ readonly y: Tensor<'uint8'> }> = labelled;
    for (const dataset of [labelled, numbers, pairs, narrowed, awaited, joined, wrong]) {
      expect((await (dataset as Dataset<unknown>).toArray()).length).to.be.above(0);
    }
  });
});
