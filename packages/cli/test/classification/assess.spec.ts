import { expect } from 'chai';
import { input, layers, sequential } from 'gradus';
import { assess, largestOf, outputsOf } from '../../src/classification/assess';
import { echo, labels, rows } from './smallModels';

describe('assess', () => {
  it('finds class, probability and cross-entropy of each image, and their means', async () => {
    const x = rows([
      [0, Math.log(3)],
      [Math.log(4), 0],
      [0, 0],
    ]);
    const found = (await assess(echo(2), { x, y: labels(1, 1, 0), outputs: 'logits' }))!;
    expect([...found.predicted]).to.deep.equal([1, 0, 0]);
    const expected = {
      probability: [0.75, 0.8, 0.5],
      losses: [0.75, 0.2, 0.5].map((p) => -Math.log(p)),
    };
    for (const name of ['probability', 'losses'] as const) {
      expected[name].forEach((value, i) => expect(found[name][i], name).to.be.closeTo(value, 1e-6));
    }
    const mean = -(Math.log(0.75) + Math.log(0.2) + Math.log(0.5)) / 3;
    expect(found.loss).to.be.closeTo(mean, 1e-6);
    expect(found.accuracy).to.equal(2 / 3);
    expect(found.confusion.toArray()).to.deep.equal([
      [1, 0],
      [1, 1],
    ]);
  });

  it('takes probabilities as they are', async () => {
    const x = rows([
      [0.25, 0.75],
      [1, 0],
    ]);
    const found = (await assess(echo(2), { x, y: labels(1, 1), outputs: 'probabilities' }))!;
    expect([...found.probability]).to.deep.equal([0.75, 1]);
    // As in the losses of the library a probability of 0 counts as 1e-7.
    expect([...found.losses]).to.deep.equal([-Math.log(0.75), -Math.log(1e-7)]);
  });

  it('agrees with the loss and the accuracy of the library, batch by batch', async () => {
    const values = Array.from({ length: 300 }, (_, i) => [
      Math.sin(i),
      Math.cos(3 * i),
      Math.sin(7 * i),
    ]);
    const [x, y] = [rows(values), labels(...values.map((_, i) => i % 3))];
    const model = sequential([input([3]), layers.dense({ units: 3 })], { seed: 1 });
    model.compile({
      optimizer: 'adam',
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    });
    const softmax = sequential([input([3]), layers.dense({ units: 3, activation: 'softmax' })], {
      seed: 1,
    });
    softmax.compile({
      optimizer: 'adam',
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    });
    const wanted = softmax.measure(x, y);
    for (const [one, outputs] of [
      [model, 'logits'],
      [softmax, 'probabilities'],
    ] as const) {
      // prettier-ignore
      const steps: number[] = [];
      const found = (await assess(one, { x, y, outputs, onProgress: (done) => steps.push(done) }))!;
      expect(found.loss).to.be.closeTo(wanted['loss']!, 1e-5);
      expect(found.accuracy).to.be.closeTo(wanted['accuracy']!, 1e-9);
      expect(steps).to.deep.equal([128, 256, 300]);
    }
  });

  it('stays exact where a probability is rounded to 0, and counts what is not a number as class 0', async () => {
    const x = rows([
      [0, 1000],
      [NaN, NaN],
    ]);
    const found = (await assess(echo(2), { x, y: labels(0, 1), outputs: 'logits' }))!;
    expect(found.losses[0]).to.equal(1000);
    expect([...found.predicted]).to.deep.equal([1, 0]);
  });

  it('ends without a result when it is stopped', async () => {
    const options = { x: rows([[0, 1]]), y: labels(0), outputs: 'logits' as const };
    expect(await assess(echo(2), { ...options, isStopped: () => true })).to.equal(undefined);
  });
});

describe('outputsOf', () => {
  it('tells probabilities from logits by what a model gives', () => {
    expect(outputsOf(echo(2), rows([[0.25, 0.75], [1, 0]]))).to.equal('probabilities'); // prettier-ignore
    expect(outputsOf(echo(2), rows([[0.25, 0.75], [1, 0.5]]))).to.equal('logits'); // prettier-ignore
    expect(outputsOf(echo(2), rows([[-0.5, 1.5]]))).to.equal('logits');
  });
});

describe('largestOf', () => {
  it('finds the first of the largest, whatever is not a number', () => {
    expect(largestOf([1, 3, 3, 2])).to.equal(1);
    expect(largestOf([NaN, -1, -2])).to.equal(1);
    expect(largestOf([-3])).to.equal(0);
  });
});
