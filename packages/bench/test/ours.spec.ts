import { expect } from 'chai';
import type { Task } from '../src/cases/task';
import { prepareNetwork, type NetworkName } from '../src/data/networks';
import { expectedResult } from '../src/expected';
import { largestDifference } from '../src/harness/agreement';
import { checkedSteps, prepareWork } from '../src/harness/library';
import { gradus } from '../src/ours';
import { engineNames, engines } from '../src/ours/engines';
import { smallTasks } from './smallTasks';

/** The losses of five steps with a batch of 2, as TensorFlow.js 4.22 (wasm) and jax-js 0.1.25 say. */
const peersLosses: Partial<Record<NetworkName, readonly number[]>> = {
  mnistCnn: [2.470868, 0.363816, 0.150593, 0.070412, 0.025083],
  lenet5: [2.158556, 1.686338, 1.373136, 1.16025, 0.94922],
  residualChain: [2.575128, 2.372425, 2.223348, 2.104573, 2.003831],
  filter3: [0.633553, 0.63181, 0.630075, 0.628354, 0.626633],
};

for (const name of engineNames) {
  describe(`Gradus with the engine ${name}`, () => {
    for (const task of smallTasks) {
      it(`computes what ${JSON.stringify(task)} is by its definition`, async () => {
        const work = await prepareWork(gradus(name), task);
        const result = await work!.result();
        expect(largestDifference(result, expectedResult(task)!)).to.be.below(1e-5);
        await work!.run(2);
      });
    }

    for (const [network, expected] of Object.entries(peersLosses) as [NetworkName, number[]][]) {
      it(`trains ${network} with the losses of other libraries`, async () => {
        const losses = await resultOf(name, { kind: 'training', network, batch: 2 });
        expect(losses).to.have.length(checkedSteps);
        expect(largestDifference(losses, expected)).to.be.below(1e-5);
      }).timeout(60_000);
    }

    it('trains a 32x32 filter as the engine loops does, with a falling loss', async () => {
      const task: Task = { kind: 'training', network: 'filter32', batch: 2 };
      const losses = await resultOf(name, task);
      expect(losses[checkedSteps - 1]).to.be.below(0.999 * losses[0]!);
      expect(largestDifference(losses, await resultOf('loops', task))).to.be.below(1e-5);
    }).timeout(60_000);

    it('predicts class probabilities, by which the loss of training is known', async () => {
      const probabilities = await resultOf(name, {
        kind: 'inference',
        network: 'lenet5',
        batch: 3,
      });
      const [loss] = await resultOf(name, { kind: 'training', network: 'lenet5', batch: 3 });
      const { y } = prepareNetwork('lenet5', 3);
      const rows = [0, 1, 2].map((i) => [...probabilities.subarray(10 * i, 10 * (i + 1))]);
      for (const row of rows) expect(row.reduce((a, b) => a + b)).to.be.closeTo(1, 1e-6);
      const right = [...probabilities].filter((_, i) => y.data[i] === 1);
      const mean = right.reduce((sum, p) => sum - Math.log(p), 0) / right.length;
      expect(loss).to.be.closeTo(mean, 1e-5);
    });
  });
}

describe('What is explained', () => {
  const explain = (task: Task) => engines['simd']?.explain?.(task);
  const sizes = { x: [8, 256, 256, 1], kernel: 32, filters: 1 } as const;

  before(function () {
    if (engines['simd'] === undefined) this.skip();
  });

  it('is the algorithm of a product and of a convolution with padding, and when it is taken', () => {
    expect(explain({ kind: 'matMul', size: 512 })).to.equal('packed (otherwise)');
    expect(explain({ kind: 'conv2d', ...sizes })).to.match(/^FFT, overlap-save \(large kernels/);
    const small = { ...sizes, kernel: 1, filters: 2 };
    expect(explain({ kind: 'conv2d', ...small })).to.equal('direct (otherwise)');
    // A kernel larger than the image has a place there only because of the padding.
    expect(explain({ kind: 'conv2d', x: [1, 2, 2, 1], kernel: 3, filters: 1 })).to.be.a('string');
    expect(explain({ kind: 'conv2dInputGradient', ...small })).to.match(/^direct, by phases/);
  });

  it('is nothing of what takes several', () => {
    expect(explain({ kind: 'training', network: 'lenet5', batch: 1 })).to.equal(undefined);
    expect(engines['loops']).not.to.have.property('explain');
  });
});

async function resultOf(engine: string, task: Task): Promise<Float32Array> {
  const work = await prepareWork(gradus(engine), task);
  const result = await work!.result();
  await work!.release?.();
  return result;
}
