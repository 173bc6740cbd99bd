import { OptionError, tensor, zeros, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import fc from 'fast-check';
import { histogram, weightHistograms, type Callback } from '../../src/index';
import { rehearse } from '../../testing/index';
import { errorOf } from '../errorOf';
import { scaleModel, samples } from '../scaleModel';

const float64 = (...values: number[]): Tensor => tensor(Float64Array.from(values));

describe('histogram', () => {
  it('counts numbers in bins of one width; the last one holds its end', () => {
    const { counts, edges, notFinite } = histogram(float64(0, 1, 2, 2.5, 3, 4), { bins: 4 });
    expect(edges).to.deep.equal([0, 1, 2, 3, 4]);
    expect(counts).to.deep.equal([1, 1, 2, 2]);
    expect(notFinite).to.equal(0);
  });

  it('leaves out what is beyond the range it is given', () => {
    const { counts, edges } = histogram(float64(-1, 0, 0.5, 1, 1.5), { bins: 2, range: [0, 1] });
    expect(edges).to.deep.equal([0, 0.5, 1]);
    expect(counts).to.deep.equal([1, 2]);
  });

  it('puts numbers that are infinite or NaN in no bin', () => {
    const { counts, notFinite } = histogram(float64(NaN, 1, Infinity, 2, -Infinity), { bins: 2 });
    expect(counts).to.deep.equal([1, 1]);
    expect(notFinite).to.equal(3);
  });

  it('has a unit around one number, and from 0 to 1 for none', () => {
    expect(histogram(float64(3, 3), { bins: 1 })).to.deep.equal({
      counts: [2],
      edges: [2.5, 3.5],
      notFinite: 0,
    });
    expect(histogram(zeros([0]), { bins: 2 }).edges).to.deep.equal([0, 0.5, 1]);
  });

  it('has 30 bins unless it is told', () => {
    expect(histogram(float64(1, 2)).counts).to.have.length(30);
  });

  it('has edges that rise, however large or alike the numbers are', () => {
    const all: number[][] = [
      [-2.9392275205976145e242],
      [1.7e308, -1.7e308],
      [Number.MAX_VALUE],
      [0, 5e-324],
      [1, 1 + Number.EPSILON],
    ];
    for (const values of all) {
      const { counts, edges } = histogram(float64(...values), { bins: 1000 });
      expect(
        edges.every((edge, i) => i === 0 || edge > edges[i - 1]!),
        String(values),
      ).to.be.true;
      expect(edges.every(Number.isFinite)).to.be.true;
      expect(counts.reduce((sum, n) => sum + n, 0)).to.equal(values.length);
    }
  });

  it('has every finite number between the edges of the one bin that counts it', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true }),
      fc.integer().map((n) => n / 64),
    );
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (values, bins) => {
          const { counts, edges, notFinite } = histogram(float64(...values), { bins });
          const finite = values.filter(Number.isFinite);
          expect(notFinite).to.equal(values.length - finite.length);
          const expected = counts.map((_, i) => {
            const isLast = i === bins - 1;
            const [low, high] = [edges[i]!, edges[i + 1]!];
            return finite.filter((x) => x >= low && (isLast ? x <= high : x < high)).length;
          });
          expect(counts).to.deep.equal(expected);
          expect(counts.reduce((sum, n) => sum + n, 0)).to.equal(finite.length);
        },
      ),
      { numRuns: 300, interruptAfterTimeLimit: 3000 },
    );
  });

  const wrong: readonly [Record<string, unknown>, string][] = [
    [{ bins: 0 }, 'bins to be a whole number of at least 1; received 0.'],
    [{ range: [1, 1] }, "range to be [low, high], low well below high; received '1, 1'."],
    [{ range: [0, Infinity] }, 'high to be a finite number; received Infinity.'],
    [
      { range: [1e9, 1e9 + 1e-6] },
      "range to be [low, high], low well below high; received '1000000000, 1000000000.000001'.",
    ],
    [{ bins: 1e12 }, 'at most 100000 bins; received 1000000000000.'],
    [{ range: 3 }, 'range to be [low, high]; received 3.'],
  ];
  for (const [options, text] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => histogram(float64(1), options))
        .to.throw(OptionError)
        .with.property('message', `histogram: expected ${text}`);
    });
  }
});

describe('weightHistograms', () => {
  const losses = [
    [5, 7],
    [9, 11],
    [13, 15],
    [17, 19],
  ];
  /** The middle of the only bin. */
  const seen = ({ edges }: { readonly edges: readonly number[] }) => (edges[0]! + edges[1]!) / 2;

  it('keeps those of all weights after each epoch', async () => {
    const callback = weightHistograms({ bins: 1 });
    await rehearse([callback], { losses });
    expect(callback.records.map((one) => [one.epoch, one.name, one.of, seen(one)])).to.deep.equal([
      [0, 'weight', 'weight', 2],
      [1, 'weight', 'weight', 4],
      [2, 'weight', 'weight', 6],
      [3, 'weight', 'weight', 8],
    ]);
  });

  it('keeps those of the last gradients too, after every other epoch', async () => {
    const callback = weightHistograms({ bins: 1, gradients: true, every: 2 });
    await rehearse([callback], { losses });
    expect(callback.records.map((one) => [one.epoch, one.of, seen(one)])).to.deep.equal([
      [1, 'gradient', 11],
      [1, 'weight', 4],
      [3, 'gradient', 19],
      [3, 'weight', 8],
    ]);
  });

  it('knows the last step of a dataset too, once it is over', async () => {
    const callback = weightHistograms({ bins: 1, gradients: true });
    const dataset = {
      *[Symbol.iterator]() {
        yield [samples(1), samples(2)] as const;
        yield [samples(1), samples(0)] as const;
      },
    };
    const model = scaleModel();
    await model.fit(dataset, { epochs: 2, callbacks: [callback] });
    // w = 2 fits the first sample; the second one's slope is 2 * 2, and 1.75 remains: slopes -0.5 and 3.5625.
    const told = callback.records.map(({ epoch, of, edges }) => [epoch, of, edges[0]! + 0.5]);
    expect(told).to.deep.equal([
      [0, 'gradient', 4],
      [0, 'weight', 1.75],
      [1, 'gradient', 3.5625],
      [1, 'weight', 1.55859375],
    ]);
    const stop: Callback = { onBatchBegin: (_, context) => context.stop() };
    await model.fit(dataset, { callbacks: [callback, stop] });
    expect(callback.records.map(({ of }) => of)).to.deep.equal(['weight']);
  });

  it('looks at the weights it is told to', async () => {
    const callback = weightHistograms({ filter: (name) => name.endsWith('kernel') });
    const model = scaleModel();
    await model.fit(samples(1, 2), samples(1, 2), { callbacks: [callback] });
    expect(callback.records.map(({ name }) => name)).to.deep.equal(['model/0_conv2d/kernel']);
    const none = weightHistograms({ filter: () => false, gradients: true });
    await rehearse([none], { losses });
    expect(none.records).to.be.empty;
  });

  it('begins anew with each training, and observes no longer than that', async () => {
    const callback = weightHistograms({ bins: 1, gradients: true });
    await rehearse([callback], { losses: [[1]] });
    const stopping = { onBatchBegin: (_: number, context: { stop(): void }) => context.stop() };
    const { model } = await rehearse([callback, stopping], { losses: [[3]] });
    expect(callback.records.map(seen)).to.deep.equal([3, 1]);
    model.observeGradients!(() => undefined);
    expect(callback.records).to.have.length(2);
  });

  it('needs a model that shows its gradients, if it is to look at them', async () => {
    const callback = weightHistograms({ gradients: true });
    const { model } = await rehearse([], { losses: [[1]] });
    const { variables } = model;
    const context = { model: { ...model, variables, observeGradients: undefined } };
    const error = await errorOf(() => callback.onTrainBegin!(context as never));
    expect(error.message).to.equal(
      'weightHistograms: expected a model that shows its gradients; received one without ' +
        'observeGradients(listener).',
    );
  });

  const wrong: readonly [Record<string, unknown>, string][] = [
    [{ bins: 1.5 }, 'bins to be a whole number of at least 1; received 1.5.'],
    [{ every: 0 }, 'every to be a whole number of at least 1; received 0.'],
    [{ gradients: 'yes' }, "gradients to be true or false; received 'yes'."],
    [{ filter: 'kernel' }, "filter to be a function; received 'kernel'."],
  ];
  for (const [options, text] of wrong) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      expect(() => weightHistograms(options))
        .to.throw(OptionError)
        .with.property('message', `weightHistograms: expected ${text}`);
    });
  }
});
