import { expect } from 'chai';
import { SimdEngine } from '../../kernels/src/simd/engine';
import { EngineMemory } from '../../kernels/src/simd/memory/engineMemory';
import { adam, fill, input, layers, Random, sequential, tensor, type Tensor } from '../src/index';
import { sparseCategoricalCrossentropy, type Model } from '../src/index';

const random = new Random(5);
const images = fill([64, 12, 12, 1], () => random.uniform(0, 1));
const labels = tensor(
  Int32Array.from({ length: 64 }, (_, i) => i % 10),
  [64],
);

/** How much memory an engine holds, and how many kernels were made until now. */
interface Use {
  readonly extent: number;
  readonly bytes: number;
  readonly kernels: number;
}

/** Counts the modules that are compiled while `f` runs. */
async function countingModules(f: (compiled: () => number) => Promise<void>): Promise<void> {
  const { Module } = WebAssembly;
  let compiled = 0;
  const counting = class extends Module {
    constructor(bytes: Uint8Array<ArrayBuffer>) {
      super(bytes);
      compiled += 1;
    }
  };
  Object.assign(WebAssembly, { Module: counting });
  try {
    await f(() => compiled);
  } finally {
    Object.assign(WebAssembly, { Module });
  }
}

function classifier(engine: SimdEngine): Model {
  const model = sequential([
    input([12, 12, 1]),
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 10 }),
  ]);
  const loss = sparseCategoricalCrossentropy({ fromLogits: true });
  model.compile({ optimizer: adam(), loss, engine });
  return model;
}

type Train = (model: Model, onStep: () => void) => Promise<void>;

const ways: readonly [title: string, steps: number, train: Train][] = [
  [
    'fit',
    300,
    async (model, onBatchEnd) => {
      await model.fit(images, labels, { batchSize: 8, epochs: 38, callbacks: [{ onBatchEnd }] });
    },
  ],
  [
    'steps without an await between them',
    300,
    async (model, onStep) => {
      const [x, y]: Tensor[] = [images, labels];
      for (let step = 0; step < 300; step++) {
        model.trainStep(x!, y!);
        onStep();
      }
    },
  ],
];

describe('Memory of the engine simd in 300 steps of training', () => {
  for (const [title, steps, train] of ways) {
    it(`stays as it is after the tenth, and no kernel is made twice: ${title}`, async function () {
      this.timeout(60_000);
      await countingModules(async (compiled) => {
        const memory = new EngineMemory();
        const uses: Use[] = [];
        await train(classifier(new SimdEngine(memory)), () => {
          const { extent, buffer } = memory;
          uses.push({ extent, bytes: buffer.byteLength, kernels: compiled() });
        });
        expect(uses.length).to.be.at.least(steps);
        expect(uses[9]!.kernels).to.be.above(5);
        expect(uses.at(-1)).to.deep.equal(uses[9]);
      });
    });
  }
});
