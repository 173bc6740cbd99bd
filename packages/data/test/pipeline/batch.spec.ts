import { expect } from 'chai';
import fc from 'fast-check';
import {
  DTypeError,
  OptionError,
  range,
  scalar,
  ShapeError,
  tensor,
  zeros,
  type Tensor,
} from '@gradus/tensor';
import { shapes, views } from '@gradus/tensor/testing';
import { Dataset, takeRows } from '../../src/index';
import { failureOf } from '../node/temporaryFolder';
import { seen } from './seen';

/** Images, labels and more, of some rows each. */
const tensors = fc
  .record({ rows: fc.nat({ max: 8 }), inner: shapes({ maxRank: 2 }) })
  .chain(({ rows, inner }) =>
    fc.record({
      x: views([rows, ...inner]),
      more: fc.tuple(views([rows], { dtype: 'int32' }), views([rows, 2], { dtype: 'uint8' })),
    }),
  );

type Pipeline<T> = (d: Dataset<T>) => Dataset<T>;

/** Stages that choose and order; on rows of tensors, only numbers of rows go through them. */
const choosing = fc.array(
  fc.oneof(
    fc.nat({ max: 9 }).map((n) => ['take', n] as const),
    fc.nat({ max: 9 }).map((n) => ['skip', n] as const),
    fc.nat({ max: 3 }).map((n) => ['repeat', n] as const),
    fc.integer({ min: 1, max: 9 }).map((n) => ['shuffle', n] as const),
    fc.constant(['shuffle', undefined] as const),
    fc.nat({ max: 2 }).map((n) => ['epoch', n] as const),
  ),
  { maxLength: 4 },
);
type Choice = readonly [name: string, n: number | undefined];
const apply =
  <T>(choices: readonly Choice[]): Pipeline<T> =>
  (d) =>
    choices.reduce((now, [name, n]) => {
      if (name === 'take') return now.take(n!);
      if (name === 'skip') return now.skip(n!);
      if (name === 'repeat') return now.repeat(n);
      if (name === 'epoch') return now.epoch(n!);
      return now.shuffle({ bufferSize: n, seed: 5 });
    }, d);

describe('batch', () => {
  it('of rows of tensors gives what stacking them one by one would', async () => {
    const cases = fc.record({
      parts: tensors,
      choices: choosing,
      size: fc.integer({ min: 1, max: 7 }),
      dropRemainder: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ parts, choices, size, dropRemainder }) => {
        const pipeline = apply<typeof parts>(choices);
        const rows = pipeline(Dataset.fromTensorSlices(parts));
        // A map, if only to the same, sees elements.
        const elements = pipeline(Dataset.fromTensorSlices(parts).map((element) => element));
        const [fast, slow] = [rows, elements].map((d) => d.batch(size, { dropRemainder }));
        for (let i = 0; i < 2; i++) {
          expect(seen(await fast!.toArray())).to.deep.equal(seen(await slow!.toArray()));
          expect(seen(await rows.toArray())).to.deep.equal(seen(await elements.toArray()));
        }
        expect([fast!.size, rows.size]).to.deep.equal([slow!.size, elements.size]);
        expect(await fast!.toArray()).to.have.length(fast!.size!);
      }),
      { numRuns: 150, interruptAfterTimeLimit: 6000 },
    );
  });

  it('divides the elements, the last batch perhaps smaller or left out', async () => {
    const dataset = Dataset.from([1, 2, 3, 4, 5]);
    const batches = async (size: number, dropRemainder = false): Promise<unknown> =>
      (await dataset.batch(size, { dropRemainder }).toArray()).map((batch) => batch.toArray());
    expect(await batches(2)).to.deep.equal([[1, 2], [3, 4], [5]]);
    expect(await batches(2, true)).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
    expect(await batches(5, true)).to.deep.equal([[1, 2, 3, 4, 5]]);
    expect(await batches(6)).to.deep.equal([[1, 2, 3, 4, 5]]);
    expect(await batches(6, true)).to.deep.equal([]);
  });

  it('of rows in their order gives views, and of others copies of just these', async () => {
    const x = range(0, 12);
    const batches = await Dataset.fromTensorSlices(x).skip(2).batch(4).toArray();
    for (const batch of batches) expect(batch.storage).to.equal(x.storage);
    for await (const batch of Dataset.fromTensorSlices(x).shuffle({ seed: 1 }).batch(3)) {
      expect(batch.data.length).to.equal(3);
    }
  });

  it('takes no row by itself where it can take several', async () => {
    const count = 1000;
    const x = zeros([count, 2]);
    // A row by itself asks for the strides; several are counted here by the batches.
    let asked = 0;
    const watched = new Proxy(x, {
      get: (target, name) => {
        if (name === 'strides') asked++;
        return Reflect.get(target, name, target) as unknown;
      },
    });
    const batches = await Dataset.fromTensorSlices(watched)
      .shuffle({ seed: 1 })
      .repeat(2)
      .batch(100)
      .toArray();
    expect(batches).to.have.length(20);
    expect(asked).to.be.below(20 * 5);
  });

  it('makes float32 tensors of numbers, keeps element types, and knows lists and records', async () => {
    const elements = [0, 1].map((i) => ({
      number: i + 0.5,
      pair: [scalar(i, 'int32'), Uint8Array.of(i, 7)] as const,
      deep: { image: tensor([[i, 2, 3]], undefined, 'float64') },
      weights: undefined,
    }));
    const [batch] = await Dataset.from(elements).batch(2).toArray();
    expect(seen(batch)).to.deep.equal({
      number: { dtype: 'float32', shape: [2], is: [0.5, 1.5] },
      pair: [
        { dtype: 'int32', shape: [2], is: [0, 1] },
        {
          dtype: 'uint8',
          shape: [2, 2],
          is: [
            [0, 7],
            [1, 7],
          ],
        },
      ],
      deep: { image: { dtype: 'float64', shape: [2, 1, 3], is: [[[0, 2, 3]], [[1, 2, 3]]] } },
    });
    expect(Object.keys(batch!)).to.deep.equal(['number', 'pair', 'deep', 'weights']);
  });

  it('stacks batches again, and rows of what has one row each time', async () => {
    const twice = await Dataset.from([1, 2, 3, 4]).batch(2).batch(2).toArray();
    expect(seen(twice)).to.deep.equal([
      {
        dtype: 'float32',
        shape: [2, 2],
        is: [
          [1, 2],
          [3, 4],
        ],
      },
    ]);
    const rows = Dataset.fromTensorSlices({
      x: range(0, 4),
      weights: undefined as Tensor | undefined,
    });
    expect(seen(await rows.batch(4).toArray())).to.deep.equal([
      { x: { dtype: 'float32', shape: [4], is: [0, 1, 2, 3] } },
    ]);
    expect(takeRows(range(0, 4), [3]).toArray()).to.deep.equal(
      seen(
        (
          await rows
            .skip(3)
            .batch(1)
            .map(({ x }) => x.toArray())
            .toArray()
        )[0],
      ),
    );
  });

  const refusals: readonly (readonly [
    kind: unknown,
    elements: readonly unknown[],
    text: string,
  ])[] = [
    [
      ShapeError,
      [zeros([2, 3]), zeros([2, 3]), zeros([3])],
      'batch: expected elements of one shape; received [2, 3] at 0 and [3] at 2 of the batch. Bring them to one shape before, for example with map and resizeImage.',
    ],
    [
      ShapeError,
      [{ x: { y: zeros([2]) } }, { x: { y: zeros([]) } }],
      'batch: expected elements of one shape as x.y; received [2] at 0 and [] at 1 of the batch. Bring them to one shape before, for example with map and resizeImage.',
    ],
    [
      DTypeError,
      [[zeros([2])], [zeros([2], 'uint8')]],
      'batch: expected elements of one element type as 0; received float32 at 0 and uint8 at 1 of the batch.',
    ],
    [
      OptionError,
      ['cat'],
      "batch: expected elements of numbers, tensors, or lists and records of them; received 'cat' at 0 of the batch.",
    ],
    [
      OptionError,
      [{ when: new Date(0) }],
      'batch: expected elements of numbers, tensors, or lists and records of them as when; received a Date at 0 of the batch.',
    ],
    [
      OptionError,
      [null],
      'batch: expected elements of numbers, tensors, or lists and records of them; received null at 0 of the batch.',
    ],
    [
      OptionError,
      [1, '2'],
      "batch: expected elements of numbers only; received '2' at 1 of the batch.",
    ],
    [
      OptionError,
      [zeros([]), 1],
      'batch: expected elements of tensors only; received 1 at 1 of the batch.',
    ],
    [
      OptionError,
      [[1, 2], [1]],
      'batch: expected elements of lists of 2 only; received a list of 1 at 1 of the batch.',
    ],
    [
      OptionError,
      [
        { x: 1, y: 2 },
        { x: 1, z: 2 },
      ],
      'batch: expected elements of records of x, y only; received a record of x, z at 1 of the batch.',
    ],
    [
      OptionError,
      [{ x: 1 }, { x: 1, y: 2 }],
      'batch: expected elements of records of x only; received a record of x, y at 1 of the batch.',
    ],
    [
      OptionError,
      [{ w: undefined }, { w: 1 }],
      'batch: expected elements of numbers, tensors, or lists and records of them as w; received undefined at 0 of the batch.',
    ],
  ];
  for (const [kind, elements, text] of refusals) {
    it(`refuses elements that are not alike: ${text}`, async () => {
      const error = await failureOf(Dataset.from(elements).batch(elements.length).toArray());
      expect(error).to.be.instanceOf(kind);
      expect(error.message).to.equal(text);
    });
  }
});
