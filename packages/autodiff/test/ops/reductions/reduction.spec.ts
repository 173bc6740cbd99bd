import { DTypeError, range, ShapeError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcastTo,
  equal,
  grad,
  max,
  mean,
  min,
  reshape,
  sum,
  type OpCase,
  type ReduceOptions,
} from '../../../src/index';
import { checkSample, engines, opInputs } from '../../../testing';

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

const along: readonly [string, ReduceOptions | undefined, unknown, unknown][] = [
  ['all axes by default', undefined, 21, 3.5],
  ['one axis', { axis: 0 }, [5, 7, 9], [2.5, 3.5, 4.5]],
  ['an axis from the end', { axis: -1 }, [6, 15], [2, 5]],
  ['several axes, in any order', { axis: [1, 0] }, 21, 3.5],
  [
    'no axis',
    { axis: [] },
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  ['axes that stay with size 1', { axis: 1, keepDims: true }, [[6], [15]], [[2], [5]]],
];

describe('sum and mean', () => {
  for (const [what, options, total, average] of along) {
    it(`reduce along ${what}`, () => {
      expect(sum(x, options).toArray()).to.deep.equal(total);
      expect(mean(x, options).toArray()).to.deep.equal(average);
    });
  }

  it('keep the axes that are left in their order', () => {
    const cube = reshape(range(0, 24), [2, 3, 4]);
    expect(sum(cube, { axis: 1 }).shape).to.deep.equal([2, 4]);
    expect(sum(cube, { axis: [2, 0] }).toArray()).to.deep.equal([60, 92, 124]);
  });

  it('are 0 and not-a-number over nothing', () => {
    expect(sum(zeros([0, 2]), { axis: 0 }).toArray()).to.deep.equal([0, 0]);
    expect(mean(zeros([0, 2]), { axis: 0 }).toArray()).to.deep.equal([NaN, NaN]);
    expect(mean(zeros([0])).item()).to.be.NaN;
    expect(mean(zeros([2, 0]), { axis: 0 }).shape).to.deep.equal([0]);
  });

  it('sum whole numbers, which wrap around', () => {
    expect(sum(tensor([-3, 5], undefined, 'int32')).item()).to.equal(2);
    expect(sum(tensor([200, 100], undefined, 'uint8')).item()).to.equal(44);
  });

  it('take no mean of whole numbers', () => {
    expect(() => mean(tensor([1, 2], undefined, 'int32')))
      .to.throw(DTypeError)
      .with.property(
        'message',
        "mean: expected float32 or float64; received x int32. Convert it: cast(x, 'float32').",
      );
  });

  for (const [name, reduce] of Object.entries({ sum, mean })) {
    it(`refuse axes that do not exist, in the name of ${name}`, () => {
      expect(() => reduce(x, { axis: [0, 2] }))
        .to.throw(ShapeError)
        .with.property(
          'message',
          `${name}: expected different axes from -2 to 1; received [0, 2]. ` +
            'A tensor of rank 2 has no axis 2.',
        );
    });
  }

  it('have right gradients: mean', () => {
    const op: OpCase = {
      op: 'mean',
      inputs: [{ name: 'x', shape: 'mnk' }],
      sizes: {},
      domain: [-2, 2],
      kinks: [],
      call: ([at]) => mean(at!, { axis: [0, -1] }),
    };
    fc.assert(
      fc.property(opInputs(op), (inputs) => checkSample(op, engines, inputs)),
      { numRuns: 5, seed: 0 },
    );
  });
});

describe('max and min', () => {
  it('find the largest and the smallest, along any axes', () => {
    expect([max(x).item(), min(x).item()]).to.deep.equal([6, 1]);
    expect(max(x, { axis: 0 }).toArray()).to.deep.equal([4, 5, 6]);
    expect(min(x, { axis: -1, keepDims: true }).toArray()).to.deep.equal([[1], [4]]);
    expect(max(tensor([-3, -5], undefined, 'int32')).item()).to.equal(-3);
  });

  it('are NaN where a number is, and infinite over nothing', () => {
    expect(max(tensor([1, NaN, 2])).item()).to.be.NaN;
    expect(min(tensor([NaN, -Infinity])).item()).to.be.NaN;
    expect(max(zeros([0])).item()).to.equal(-Infinity);
    expect(min(zeros([2, 0]), { axis: 1 }).toArray()).to.deep.equal([Infinity, Infinity]);
  });

  it('share the gradient evenly among numbers that are equal', () => {
    const tied = tensor([
      [3, 1, 3],
      [2, 2, 2],
    ]);
    const [largest] = grad((at: Tensor) => sum(max(at, { axis: 1 })))(tied);
    const third = Math.fround(1 / 3);
    expect(largest.toArray()).to.deep.equal([
      [0.5, 0, 0.5],
      [third, third, third],
    ]);
    const [smallest] = grad((at: Tensor) => min(at))(tied);
    expect(smallest.toArray()).to.deep.equal([
      [0, 1, 0],
      [0, 0, 0],
    ]);
    const [infinite] = grad((at: Tensor) => max(at))(tensor([Infinity, 1]));
    expect(infinite.toArray()).to.deep.equal([1, 0]);
  });
});

describe('equal', () => {
  it('is 1 where numbers are equal and 0 elsewhere', () => {
    const [a, b] = [tensor([1, 2, NaN, Infinity, 0]), tensor([1, 3, NaN, Infinity, -0])];
    expect(equal(a, b).toArray()).to.deep.equal([1, 0, 0, 1, 1]);
  });
});

describe('broadcastTo', () => {
  it('repeats axes of size 1 and adds leading ones, without a copy', () => {
    const column = tensor([[1], [2]]);
    const wide = broadcastTo(column, [2, 2, 3]);
    expect(wide.toArray()).to.deep.equal([
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
    ]);
    expect(wide.data).to.equal(column.data);
  });

  it('can repeat 0 times', () => {
    expect(broadcastTo(tensor([1]), [2, 0]).shape).to.deep.equal([2, 0]);
  });

  const wrong: readonly [string, () => Tensor, string][] = [
    [
      'another size than 1',
      () => broadcastTo(x, [2, 6]),
      'broadcastTo: expected a shape that x [2, 3] can be repeated to; received [2, 6]. ' +
        'Axis -1 is 3 in x; only axes of size 1 are repeated.',
    ],
    [
      'the first axis, if it is none of size 1',
      () => broadcastTo(x, [4, 3]),
      'broadcastTo: expected a shape that x [2, 3] can be repeated to; received [4, 3]. ' +
        'Axis -2 is 2 in x; only axes of size 1 are repeated.',
    ],
    [
      'to fewer axes',
      () => broadcastTo(zeros([1, 3]), [3]),
      'broadcastTo: expected a shape that x [1, 3] can be repeated to; received [3]. ' +
        'It has fewer axes than x, 1 and 2.',
    ],
    [
      'to a shape that cannot be',
      () => broadcastTo(x, [-1, 2, 3]),
      'broadcastTo: expected a shape of whole numbers, none negative; received [-1, 2, 3]. ' +
        'Axis 0 is -1.',
    ],
  ];
  for (const [what, call, message] of wrong) {
    it(`does not repeat ${what}`, () => {
      expect(call).to.throw(ShapeError).with.property('message', message);
    });
  }
});
