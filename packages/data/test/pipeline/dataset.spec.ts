import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, range } from '@gradus/tensor';
import { Dataset } from '../../src/index';
import { failureOf } from '../node/temporaryFolder';
import { slowly } from './probe';

/** A stage by its effect on a dataset and, as the definition, on a list. */
interface Step {
  readonly name: string;
  readonly dataset: (d: Dataset<number>) => Dataset<number>;
  readonly list: (xs: readonly number[]) => readonly number[];
  /** Whether it leaves the size unknown. */
  readonly forgetsSize?: boolean;
}

const count = fc.nat({ max: 12 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  count.map((n): Step => {
    return { name: `take ${n}`, dataset: (d) => d.take(n), list: (xs) => xs.slice(0, n) };
  }),
  count.map((n): Step => {
    return { name: `skip ${n}`, dataset: (d) => d.skip(n), list: (xs) => xs.slice(n) };
  }),
  fc.nat({ max: 3 }).map((n): Step => {
    const list = (xs: readonly number[]): number[] => Array.from({ length: n }, () => xs).flat();
    return { name: `repeat ${n}`, dataset: (d) => d.repeat(n), list };
  }),
  fc.nat({ max: 4 }).map((n): Step => {
    return { name: `prefetch ${n}`, dataset: (d) => d.prefetch(n), list: (xs) => xs };
  }),
  fc
    .record({ by: count, calls: fc.integer({ min: 1, max: 4 }), late: fc.boolean() })
    .map(({ by, calls, late }): Step => {
      const f = (x: number): number | Promise<number> => (late ? slowly(x + by) : x + by);
      return {
        name: `map ${by}`,
        dataset: (d) => d.map(f, { numParallelCalls: calls }),
        list: (xs) => xs.map((x) => x + by),
      };
    }),
  fc.boolean().map((late): Step => {
    const isEven = (x: number): boolean => x % 2 === 0;
    return {
      name: 'filter',
      dataset: (d) => d.filter(late ? (x) => slowly(isEven(x)) : isEven),
      list: (xs) => xs.filter(isEven),
      forgetsSize: true,
    };
  }),
  fc.array(count, { maxLength: 4 }).map((more): Step => {
    return {
      name: `concatenate ${more.join()}`,
      dataset: (d) => d.concatenate(Dataset.from(more)),
      list: (xs) => [...xs, ...more],
    };
  }),
);

const sources = (xs: readonly number[]): readonly Dataset<number>[] => [
  Dataset.from(xs),
  Dataset.from(new Set(xs)),
  Dataset.fromGenerator(() => xs),
  Dataset.fromGenerator(function* () {
    yield* xs;
  }),
  Dataset.fromGenerator(async function* () {
    for (const x of xs) yield await slowly(x);
  }),
  Dataset.fromGenerator(async () => slowly(xs)),
  Dataset.fromTensorSlices(range(0, xs.length)).map((x) => xs[x.item()]!),
];

describe('Dataset', () => {
  it('is, from whatever source and after any stages, what lists would be', async () => {
    const cases = fc.record({
      length: fc.nat({ max: 9 }),
      which: fc.nat({ max: 6 }),
      pipeline: fc.array(steps, { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ length, which, pipeline }) => {
        const xs = Array.from({ length }, (_, i) => i * 3);
        const start: { d: Dataset<number>; list: readonly number[] } = {
          d: sources(xs)[which]!,
          list: xs,
        };
        const { d, list } = pipeline.reduce(
          (now, step) => ({ d: step.dataset(now.d), list: step.list(now.list) }),
          start,
        );
        // Twice: each iteration begins anew.
        for (let i = 0; i < 2; i++) expect(await d.toArray()).to.deep.equal(list);
        const known = (which === 0 || which === 6) && !pipeline.some((step) => step.forgetsSize);
        if (known) expect(d.size).to.equal(list.length);
        else if (d.size !== undefined) expect(d.size).to.equal(list.length);
      }),
      { numRuns: 300, interruptAfterTimeLimit: 5000 },
    );
  });

  it('knows its size, where it can be known', () => {
    const known = Dataset.from([1, 2, 3, 4, 5]);
    const unknown = known.filter(() => true);
    const sizes = (d: Dataset<number>): (number | undefined)[] =>
      [
        d.map(String),
        d.take(2),
        d.skip(2),
        d.skip(9),
        d.repeat(3),
        d.repeat(),
        d.batch(2),
        d.batch(2, { dropRemainder: true }),
        d.concatenate(known),
        d.prefetch(1),
        d.shuffle({ bufferSize: 1 }),
      ].map(({ size }) => size);
    expect(sizes(known)).to.deep.equal([5, 2, 3, 0, 15, Infinity, 3, 2, 10, 5, 5]);
    expect(sizes(unknown)).to.deep.equal(Array.from({ length: 11 }, () => undefined));
    expect(sizes(known.repeat())).to.deep.equal([
      Infinity,
      2,
      Infinity,
      Infinity,
      Infinity,
      Infinity,
      Infinity,
      Infinity,
      Infinity,
      Infinity,
      Infinity,
    ]);
    expect(sizes(Dataset.from<number>([]))).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0]);
    expect(known.repeat().repeat(0).size).to.equal(0);
  });

  it('repeats without end, but nothing not at all', async () => {
    const dataset = Dataset.from([1, 2]).repeat().take(5);
    expect(await dataset.toArray()).to.deep.equal([1, 2, 1, 2, 1]);
    for (const empty of sources([])) expect(await empty.repeat().toArray()).to.deep.equal([]);
    const rows = Dataset.fromTensorSlices(range(0, 3)).filter(() => false);
    expect(await rows.repeat().toArray()).to.deep.equal([]);
    expect(await Dataset.fromTensorSlices(range(0, 3)).skip(3).repeat().toArray()).to.deep.equal(
      [],
    );
  });

  it('keeps a list as it was', async () => {
    const list = [1, 2];
    const dataset = Dataset.from(list);
    list.push(3);
    expect(await dataset.toArray()).to.deep.equal([1, 2]);
  });

  const refusals: readonly (readonly [text: string, () => unknown])[] = [
    [
      'from: expected an iterable that can be walked again and again, such as a list; received an iterator, which runs only once. Give the function that starts it to Dataset.fromGenerator.',
      () => Dataset.from([1].values()),
    ],
    [
      'from: expected an iterable that can be walked again and again, such as a list; received a function. Functions are for Dataset.fromGenerator.',
      () => Dataset.from((() => []) as never),
    ],
    [
      'from: expected an iterable that can be walked again and again, such as a list; received a Tensor. Tensors are for Dataset.fromTensorSlices.',
      () => Dataset.from(range(0, 3) as never),
    ],
    [
      "from: expected an iterable that can be walked again and again, such as a list; received 'abc'.",
      () => Dataset.from('abc'),
    ],
    [
      'from: expected an iterable that can be walked again and again, such as a list; received null.',
      () => Dataset.from(null as never),
    ],
    [
      'fromGenerator: expected start to be a function; received [1].',
      () => Dataset.fromGenerator([1] as never),
    ],
    [
      'map: expected f to be a function; received undefined.',
      () => Dataset.from([1]).map(undefined as never),
    ],
    [
      'map: expected numParallelCalls to be a whole number of at least 1; received 0.',
      () => Dataset.from([1]).map(Number, { numParallelCalls: 0 }),
    ],
    [
      'map: expected options by name, such as { name: value }; received 4.',
      () => Dataset.from([1]).map(Number, 4 as never),
    ],
    [
      'filter: expected keep to be a function; received 7.',
      () => Dataset.from([1]).filter(7 as never),
    ],
    [
      "batch: expected size to be a whole number of at least 1; received '32'.",
      () => Dataset.from([1]).batch('32' as never),
    ],
    [
      'batch: expected size to be a whole number of at least 1; received 0.',
      () => Dataset.from([1]).batch(0),
    ],
    [
      'batch: expected dropRemainder to be true or false; received 1.',
      () => Dataset.from([1]).batch(1, { dropRemainder: 1 as never }),
    ],
    [
      'batch: expected options by name, such as { name: value }; received false.',
      () => Dataset.from([1]).batch(1, false as never),
    ],
    [
      'prefetch: expected count to be a whole number of at least 0; received -1.',
      () => Dataset.from([1]).prefetch(-1),
    ],
    [
      'take: expected count to be a whole number of at least 0; received NaN.',
      () => Dataset.from([1]).take(NaN),
    ],
    [
      'skip: expected count to be a whole number of at least 0; received 1.5.',
      () => Dataset.from([1]).skip(1.5),
    ],
    [
      'repeat: expected count to be a whole number of at least 0; received -1.',
      () => Dataset.from([1]).repeat(-1),
    ],
    [
      'epoch: expected number to be a whole number of at least 0; received undefined.',
      () => Dataset.from([1]).epoch(undefined as never),
    ],
    [
      'concatenate: expected a Dataset; received a list. Dataset.from makes one of a list.',
      () => Dataset.from([1]).concatenate([2] as never),
    ],
    [
      'shuffle: expected options by name, such as { name: value }; received 100.',
      () => Dataset.from([1]).shuffle(100 as never),
    ],
    [
      'shuffle: expected bufferSize to be a whole number of at least 1; received 0.',
      () => Dataset.from([1]).shuffle({ bufferSize: 0 }),
    ],
    [
      'shuffle: expected reshuffleEachIteration to be true or false; received null.',
      () => Dataset.from([1]).shuffle({ reshuffleEachIteration: null as never }),
    ],
    [
      'shuffle: expected bufferSize to be a whole number of at least 1; received none. How many elements there are is not known; Infinity would hold all of them in memory.',
      () => Dataset.fromGenerator(() => [1]).shuffle(),
    ],
    [
      'shuffle: expected bufferSize to be a whole number of at least 1; received none. The dataset never ends. Shuffle before you repeat it.',
      () => Dataset.from([1]).repeat().shuffle(),
    ],
    [
      'shuffle: expected bufferSize to be a whole number of at least 1; received Infinity. The dataset never ends. Shuffle before you repeat it.',
      () => Dataset.from([1]).repeat().shuffle({ bufferSize: Infinity }),
    ],
    [
      'Random: expected seed to be a whole number from -9007199254740991 to 9007199254740991; received 0.5.',
      () => Dataset.from([1]).shuffle({ seed: 0.5 }),
    ],
  ];
  for (const [text, f] of refusals) {
    it(`refuses at once: ${text}`, () => {
      expect(f).to.throw(OptionError).with.property('message', text);
    });
  }

  it('refuses what turns out to be nonsense when it is walked', async () => {
    const started = Dataset.fromGenerator((() => 7) as never);
    expect((await failureOf(started.toArray())).message).to.equal(
      'fromGenerator: expected a function that returns an iterable or starts a generator; received one that returns 7.',
    );
    const endless = await failureOf(Dataset.from([1]).repeat().toArray());
    expect(endless.message).to.equal(
      'toArray: expected a dataset that ends; received one that does not. Call take(count) first.',
    );
  });
});
