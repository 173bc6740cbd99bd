import { expect } from 'chai';
import fc from 'fast-check';
import { Random, range } from '@gradus/tensor';
import { Dataset } from '../../src/index';

describe('A dataset that is shuffled', () => {
  it('is a permutation, another one in each iteration, the same for a seed', async () => {
    const cases = fc.record({
      size: fc.nat({ max: 12 }),
      bufferSize: fc.oneof(fc.integer({ min: 1, max: 14 }), fc.constant(undefined)),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ size, ...options }) => {
        const xs = Array.from({ length: size }, (_, i) => i);
        const make = (): Dataset<number> => Dataset.from(xs).shuffle(options);
        const dataset = make();
        const epochs = [await dataset.toArray(), await dataset.toArray()];
        for (const order of epochs) expect([...order].sort((a, b) => a - b)).to.deep.equal(xs);
        const again = make();
        expect([await again.toArray(), await again.toArray()]).to.deep.equal(epochs);
        // Whatever was walked before.
        for (const e of [1, 0]) expect(await again.epoch(e).toArray()).to.deep.equal(epochs[e]);
        const steady = Dataset.from(xs).shuffle({ ...options, reshuffleEachIteration: false });
        for (let i = 0; i < 2; i++) expect(await steady.toArray()).to.deep.equal(epochs[0]);
        // The one that leaves is among the first that were read: place + bufferSize of them.
        const { bufferSize = Infinity } = options;
        epochs[0]!.forEach((x, place) => expect(x - place).to.be.below(bufferSize));
      }),
      { numRuns: 100, interruptAfterTimeLimit: 5000 },
    );
  });

  it('has, in iteration e, the order in which fit takes the samples in epoch e', async () => {
    const dataset = Dataset.fromTensorSlices(range(0, 40)).shuffle({ seed: 7 }).batch(40);
    for (const epoch of [0, 1, 2]) {
      const order = new Random(7).split('shuffle').split(epoch).permutation(40);
      const [batch] = await dataset.toArray();
      expect([...batch!.toTypedArray()]).to.deep.equal([...order]);
    }
  });

  it('shuffles anew each time that it is repeated', async () => {
    const size = 30;
    const xs = Array.from({ length: size }, (_, i) => i);
    const twice = Dataset.from(xs).shuffle({ seed: 3 }).repeat(2);
    const epochs = [await twice.toArray(), await twice.toArray()].flatMap((both) => [
      both.slice(0, size),
      both.slice(size),
    ]);
    for (const order of epochs) expect(new Set(order).size).to.equal(size);
    expect(new Set(epochs.map(String)).size).to.equal(4);
  });

  it('draws every order of three about equally often', async () => {
    const seen = new Map<string, number>();
    const dataset = Dataset.from([0, 1, 2]).shuffle({ seed: 5 });
    for (let i = 0; i < 1200; i++) {
      const order = String(await dataset.toArray());
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).to.equal(6);
    // Five standard deviations of a binomial distribution with p = 1/6.
    for (const times of seen.values()) expect(Math.abs(times - 200)).to.be.below(65);
  });

  it('lets each of the buffer leave first about equally often', async () => {
    const first = [0, 0, 0];
    for (let seed = 0; seed < 600; seed++) {
      const [x] = await Dataset.from([0, 1, 2, 3, 4]).shuffle({ bufferSize: 3, seed }).toArray();
      first[x!]! += 1;
    }
    // Five standard deviations of a binomial distribution with p = 1/3.
    for (const times of first) expect(Math.abs(times - 200)).to.be.below(58);
  });
});
