import { tensor, type Tensor } from '@gradus/tensor';
import { checkAsyncLaws, configuredRuns, inCode, LawError } from '@gradus/tensor/testing';
import * as tensors from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { Dataset } from '../../src/index';
import {
  checkDataSet,
  dataSets,
  pipelineLaws,
  type DataSetCase,
  type Pipeline,
  type PipelineImplementation,
} from '../../testing';
import { evaluated } from '../../../tensor/testing/node/evaluated';

const numRuns = configuredRuns(100);

describe('Generated data sets', () => {
  it('equal their arrays, walked once and again', async () => {
    await fc.assert(fc.asyncProperty(dataSets(), checkDataSet), { numRuns });
  });

  it('are what they write as code', async () => {
    const made = fc.asyncProperty(dataSets(), async (drawn) => {
      const context = { ...tensors, Dataset };
      const dataset = evaluated(inCode(drawn), context) as Dataset<unknown>;
      await checkDataSet({ ...drawn, dataset });
    });
    await fc.assert(made, { numRuns: Math.ceil(numRuns / 4) });
  });

  it('shrink to nothing', () => {
    const { counterexample } = fc.check(
      fc.property(dataSets(), () => false),
      { seed: 1 },
    );
    expect(inCode(counterexample![0])).to.equal('Dataset.from([])');
  });

  const wrong: readonly [string, Partial<DataSetCase>, string][] = [
    [
      'an element less',
      { elements: [1, 2, 3, 4] },
      'walked: expected [1,2,3,4]; received [1,2,3].',
    ],
    ['another order', { elements: [1, 3, 2] }, 'walked: expected [1,3,2]; received [1,2,3].'],
    [
      'an element twice in a shuffled one',
      { elements: [1, 2, 2], isShuffled: true },
      'walked: expected [[1,1,1],[1,2,2]]; received [[1,1,1],[1,2,3]].',
    ],
    [
      'batches of other sizes in a shuffled one',
      { dataset: Dataset.from([1, 2, 3]).batch(2), elements: [[1], [2, 3]], isShuffled: true },
      'walked: expected [[1,2],[1,2,3]]; received [[2,1],[1,2,3]].',
    ],
  ];
  for (const [what, change, message] of wrong) {
    it(`would be caught with ${what}`, async () => {
      const [right] = fc.sample(dataSets(), 1) as [DataSetCase];
      const drawn = {
        ...right,
        dataset: Dataset.from([1, 2, 3]),
        elements: [1, 2, 3],
        isShuffled: false,
        ...change,
      };
      const error: unknown = await checkDataSet(drawn).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.an('error').with.property('message', message);
    });
  }
});

const unbatch = (batch: unknown): number[] => Array.from((batch as Tensor).toTypedArray());

const ours: readonly PipelineImplementation[] = [
  { name: 'Dataset.from', from: (list) => Dataset.from([...list]), unbatch },
  {
    name: 'Dataset.fromGenerator',
    from: (list) =>
      Dataset.fromGenerator(function* () {
        yield* list;
      }),
    unbatch,
  },
  {
    name: 'Dataset.fromTensorSlices',
    from: (list) => Dataset.fromTensorSlices(tensor(Float32Array.from(list))).map((x) => x.item()),
    unbatch,
  },
];

/** A stream on plain arrays, right but for what is changed. */
class PlainPipeline<T> implements Pipeline<T> {
  private walks = 0;

  constructor(
    private readonly walk: (number: number) => readonly T[],
    private readonly change: Change,
  ) {}

  private made<U>(walk: (number: number) => readonly U[]): PlainPipeline<U> {
    return new PlainPipeline(walk, this.change);
  }

  map<U>(f: (element: T) => U): PlainPipeline<U> {
    const { map = (list, g) => list.map(g) } = this.change;
    return this.made((n) => map(this.walk(n), f as (x: unknown) => unknown) as U[]);
  }

  filter(keep: (element: T) => boolean): PlainPipeline<T> {
    const { filter = (list, p) => list.filter(p) } = this.change;
    return this.made((n) => filter(this.walk(n), keep as (x: unknown) => boolean) as T[]);
  }

  shuffle(options: { seed: number; bufferSize: number; reshuffleEachIteration: boolean }) {
    const { shuffle = rotated } = this.change;
    return this.made((n) => shuffle(this.walk(n), { ...options, walk: n }) as T[]);
  }

  batch(size: number, { dropRemainder }: { dropRemainder: boolean }): PlainPipeline<unknown> {
    const { batchSize = (wanted) => wanted } = this.change;
    return this.made((n) => {
      const [list, step] = [this.walk(n), batchSize(size)];
      const count = (dropRemainder ? Math.floor : Math.ceil)(list.length / step);
      return Array.from({ length: count }, (_, i) => list.slice(i * step, (i + 1) * step));
    });
  }

  take(count: number): PlainPipeline<T> {
    return this.made((n) => this.walk(n).slice(0, count + (this.change.takesMore ?? 0)));
  }

  skip(count: number): PlainPipeline<T> {
    if (this.change.skipsForGood === true) {
      const { walk } = this;
      Object.assign(this, { walk: (n: number) => walk(n).slice(count) });
      return this;
    }
    return this.made((n) => this.walk(n).slice(count));
  }

  repeat(count: number): PlainPipeline<T> {
    const { repeats = (wanted) => wanted } = this.change;
    return this.made((n) => Array.from({ length: repeats(count, n) }, () => this.walk(n)).flat());
  }

  async toArray(): Promise<T[]> {
    return [...this.walk(this.walks++)];
  }
}

interface Shuffle {
  readonly seed: number;
  readonly bufferSize: number;
  readonly reshuffleEachIteration: boolean;
  readonly walk: number;
}

interface Change {
  readonly map?: (list: readonly unknown[], f: (x: unknown) => unknown) => unknown[];
  readonly filter?: (list: readonly unknown[], keep: (x: unknown) => boolean) => unknown[];
  readonly shuffle?: (list: readonly unknown[], options: Shuffle) => readonly unknown[];
  readonly batchSize?: (wanted: number) => number;
  readonly takesMore?: number;
  readonly skipsForGood?: boolean;
  readonly repeats?: (wanted: number, walk: number) => number;
}

/** A poor shuffle that is one all the same: some neighbours change places. */
function rotated(
  list: readonly unknown[],
  { seed, bufferSize, reshuffleEachIteration, walk }: Shuffle,
): unknown[] {
  if (bufferSize === 1) return [...list];
  const by = seed + (reshuffleEachIteration ? 7 * walk : 0);
  return list.map((element, i) => {
    const first = i - (i % 2);
    const isSwapped = (by >> ((first / 2) % 7)) % 2 === 0 && first + 1 < list.length;
    return isSwapped ? list[i % 2 === 0 ? i + 1 : i - 1] : element;
  });
}

const plain = (change: Change): PipelineImplementation => ({
  name: 'plain arrays',
  from: (list) => new PlainPipeline(() => list, change),
  unbatch: (batch) => batch as number[],
});

describe('The laws of data sets', () => {
  for (const subject of ours) {
    it(`hold for ${subject.name}`, async () => {
      await checkAsyncLaws(pipelineLaws, subject);
    });
  }

  let unstable = 0;
  const wrong: readonly [string, Change, string][] = [
    [
      'a map that forgets the last element',
      { map: (list, f) => list.slice(0, -1).map(f) },
      'data/map-fuses',
    ],
    [
      'a filter that keeps what it should leave out',
      { filter: (list, keep) => list.filter((x) => !keep(x)) },
      'data/filter-before-map',
    ],
    ['batches one larger', { batchSize: (size) => size + 1 }, 'data/batch-unbatch'],
    [
      'a shuffle that draws with replacement',
      { shuffle: (list, { seed }) => list.map((_, i) => list[(i * i + seed) % list.length]) },
      'data/shuffle-permutes',
    ],
    [
      'a shuffle that does not keep to its buffer',
      { shuffle: (list) => [...list].reverse() },
      'data/shuffle-permutes',
    ],
    [
      'a shuffle that draws from a hidden source',
      { shuffle: (list, options) => rotated(list, { ...options, walk: unstable++ }) },
      'data/same-seed-same-order',
    ],
    ['a shuffle that does nothing', { shuffle: (list) => list }, 'data/other-seed-other-order'],
    [
      'a shuffle that ignores its seed',
      { shuffle: (list, options) => rotated(list, { ...options, seed: 1 }) },
      'data/other-seed-other-order',
    ],
    ['a take of one more', { takesMore: 1 }, 'data/take-and-skip'],
    [
      'a repeat that ends sooner the second time',
      { repeats: (n, walk) => n - walk },
      'data/repeat-copies',
    ],
    ['a skip that changes its source', { skipsForGood: true }, 'data/stages-leave-their-source'],
  ];
  for (const [what, change, name] of wrong) {
    it(`catch ${what}: ${name}`, async () => {
      const law = pipelineLaws.find((one) => one.name === name)!;
      const error: unknown = await law.check(plain(change)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(LawError).with.property('law', name);
    });
  }

  it('hold for plain arrays, and each can fail', async () => {
    await checkAsyncLaws(pipelineLaws, plain({}));
    const caught = new Set(wrong.map(([, , name]) => name));
    expect(pipelineLaws.filter(({ name }) => !caught.has(name))).to.deep.equal([]);
  });
});
