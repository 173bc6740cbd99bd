import { defineAsyncLaw, noTolerance, type AsyncLaw } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { functions, inBatches, predicates } from '../generators/dataSets';
import type { Pipeline, PipelineImplementation } from './pipeline';

type PipelineLaw = AsyncLaw<PipelineImplementation>;

const lists = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 12 });
const counts = fc.nat({ max: 14 });

const someFunction = fc.constantFrom(...functions);
const somePredicate = fc.constantFrom(...predicates);

/** Compares the elements of one walk with an array. */
async function expectElements(
  pipeline: Pipeline<unknown>,
  expected: readonly unknown[],
): Promise<void> {
  const [found, wanted] = [await pipeline.toArray(), expected].map((list) => JSON.stringify(list));
  if (found !== wanted) throw new Error(`expected ${wanted}; received ${found}.`);
}

interface Statement<C extends object> extends Pick<PipelineLaw, 'name' | 'statement' | 'source'> {
  readonly cases: fc.Arbitrary<C>;
  readonly holds: (subject: PipelineImplementation, drawn: C) => Promise<void>;
}

function pipelineLaw<C extends object>({ cases, ...law }: Statement<C>): PipelineLaw {
  return defineAsyncLaw({
    ...law,
    domain: 'lists of any length, also empty ones',
    tolerance: noTolerance,
    cases: () => cases,
  });
}

const fusion = pipelineLaw({
  name: 'data/map-fuses',
  statement: 'map(f) then map(g) is map(x -> g(f(x))), and both are those of the list.',
  source: 'map is a functor: P. Wadler, "Theorems for free!", 1989.',
  cases: fc.record({ list: lists, f: someFunction, g: someFunction }),
  async holds({ from }, { list, f, g }) {
    const expected = list.map(f).map(g);
    await expectElements(from(list).map(f).map(g), expected);
    await expectElements(
      from(list).map((x) => g(f(x))),
      expected,
    );
  },
});

const filtering = pipelineLaw({
  name: 'data/filter-before-map',
  statement: 'map(f) then filter(p) is filter(x -> p(f(x))) then map(f).',
  source: 'The free theorem of filter: P. Wadler, "Theorems for free!", 1989.',
  cases: fc.record({ list: lists, f: someFunction, p: somePredicate }),
  async holds({ from }, { list, f, p }) {
    const expected = list.map(f).filter(p);
    await expectElements(from(list).map(f).filter(p), expected);
    await expectElements(
      from(list)
        .filter((x) => p(f(x)))
        .map(f),
      expected,
    );
  },
});

const batching = pipelineLaw({
  name: 'data/batch-unbatch',
  statement: 'Batches of n, one after the other, are the list; all but the last have n elements.',
  source: 'By definition; a remainder that is dropped is the last batch alone.',
  cases: fc.record({
    list: lists,
    size: fc.integer({ min: 1, max: 5 }),
    dropRemainder: fc.boolean(),
  }),
  async holds({ from, unbatch }, { list, size, dropRemainder }) {
    const batches = from(list).batch(size, { dropRemainder });
    await expectElements(batches.map(unbatch), inBatches(list, size, dropRemainder));
  },
});

const shuffleOptions = fc.record({
  bufferSize: fc.integer({ min: 1, max: 14 }),
  seed: fc.nat({ max: 99 }),
  reshuffleEachIteration: fc.boolean(),
});

const permutation = pipelineLaw({
  name: 'data/shuffle-permutes',
  statement:
    'shuffle gives each element once; with a buffer of b, element i not before place i - b + 1.',
  source: 'Only b elements are ever held: the one that leaves is among the first of those read.',
  cases: fc.record({ length: counts, options: shuffleOptions }),
  async holds({ from }, { length, options }) {
    const list = Array.from({ length }, (_, i) => i);
    const pipeline = from(list).shuffle(options);
    for (let walk = 0; walk < 2; walk++) {
      const found = await pipeline.toArray();
      const sorted = JSON.stringify([...found].sort((a, b) => a - b));
      if (sorted !== JSON.stringify(list)) {
        throw new Error(`expected the numbers below ${length}; received ${JSON.stringify(found)}.`);
      }
      const early = found.findIndex((element, place) => place < element - options.bufferSize + 1);
      if (early >= 0) throw new Error(`element ${found[early]} came at place ${early}.`);
    }
  },
});

const sameSeed = pipelineLaw({
  name: 'data/same-seed-same-order',
  statement: 'The same seed gives the same orders, walk by walk; without reshuffling one order.',
  source: 'What is drawn is a function of the seed and the number of the walk.',
  cases: fc.record({ length: counts, options: shuffleOptions }),
  async holds({ from }, { length, options }) {
    const list = Array.from({ length }, (_, i) => i);
    const [one, other] = [from(list).shuffle(options), from(list).shuffle(options)];
    const first = await one.toArray();
    await expectElements(other, first);
    const second = await one.toArray();
    await expectElements(other, second);
    if (!options.reshuffleEachIteration) await expectElements(one, first);
  },
});

const otherSeed = pipelineLaw({
  name: 'data/other-seed-other-order',
  statement: 'Two seeds, and two walks with reshuffling, give different orders of 24 elements.',
  source: 'Two of 24! orders are the same by chance with probability 10^-23.',
  cases: fc.record({ seed: fc.nat({ max: 99 }) }),
  async holds({ from }, { seed }) {
    const list = Array.from({ length: 24 }, (_, i) => i);
    const options = { bufferSize: 24, reshuffleEachIteration: true };
    const one = from(list).shuffle({ ...options, seed });
    const orders = [
      await one.toArray(),
      await one.toArray(),
      await from(list)
        .shuffle({ ...options, seed: seed + 1 })
        .toArray(),
      list,
    ].map((order) => JSON.stringify(order));
    if (new Set(orders).size < orders.length) {
      throw new Error(`expected four different orders; received ${orders.join(' and ')}.`);
    }
  },
});

const splitting = pipelineLaw({
  name: 'data/take-and-skip',
  statement: 'take(n) followed by skip(n) is everything.',
  source: 'By definition.',
  cases: fc.record({ list: lists, count: counts }),
  async holds({ from }, { list, count }) {
    await expectElements(from(list).take(count), list.slice(0, count));
    await expectElements(from(list).skip(count), list.slice(count));
  },
});

const repetition = pipelineLaw({
  name: 'data/repeat-copies',
  statement: 'repeat(n) is the list n times, and can be walked again.',
  source: 'By definition.',
  cases: fc.record({ list: lists, count: fc.nat({ max: 3 }) }),
  async holds({ from }, { list, count }) {
    const expected = Array.from({ length: count }, () => list).flat();
    const pipeline = from(list).repeat(count);
    await expectElements(pipeline, expected);
    await expectElements(pipeline, expected);
  },
});

const immutable = pipelineLaw({
  name: 'data/stages-leave-their-source',
  statement: 'A stage returns a new stream; the one it was made of stays as it is.',
  source: 'Streams are values.',
  cases: fc.record({ list: lists, f: someFunction, p: somePredicate }),
  async holds({ from }, { list, f, p }) {
    const source = from(list);
    await source.map(f).toArray();
    await source.filter(p).toArray();
    await source.take(1).toArray();
    await source.skip(1).toArray();
    await source.repeat(2).toArray();
    await source.batch(2, { dropRemainder: true }).toArray();
    await source.shuffle({ bufferSize: 2, seed: 0, reshuffleEachIteration: true }).toArray();
    await expectElements(source, list);
  },
});

/** What every stream of elements obeys. */
export const pipelineLaws: readonly PipelineLaw[] = [
  fusion,
  filtering,
  batching,
  permutation,
  sameSeed,
  otherSeed,
  splitting,
  repetition,
  immutable,
];
