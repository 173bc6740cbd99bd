// Loads gradus, trains a small convolution, and prints what was loaded, how the loss fell, and
// whether strings may become code.
import { createRequire } from 'node:module';
import type * as Gradus from '../../src/index';
import { listLoaded } from './listLoaded';

async function train(gradus: typeof Gradus): Promise<readonly number[]> {
  const { conv2d, data, filters, input, layers, reshape, sequential, sgd } = gradus;
  const images = data.deadLeaves({ count: 8, size: 12, seed: 1 });
  const edges = conv2d(images, reshape(filters.sobelX(), [3, 3, 1, 1]));
  const model = sequential([
    input([12, 12, 1]),
    layers.conv2d({ filters: 2, kernelSize: 2, activation: 'relu' }),
    layers.conv2d({ filters: 1, kernelSize: 2 }),
  ]);
  model.compile({ optimizer: sgd({ learningRate: 0.05 }), loss: 'mse' });
  const { history } = await model.fit(images, edges, { batchSize: 2, epochs: 20 });
  return history['loss']!;
}

function codeFromString(): string {
  try {
    // eslint-disable-next-line no-new-func, @typescript-eslint/no-implied-eval -- is it forbidden?
    const made = new Function('return "allowed"') as () => string;
    return made();
  } catch (error) {
    return String(error);
  }
}

async function main(): Promise<void> {
  const index = require.resolve('../../src/index');
  const loaded = listLoaded([index]);
  const losses = await train(createRequire(__filename)(index) as typeof Gradus);
  console.log(JSON.stringify({ ...loaded, losses, codeFromString: codeFromString() }));
}

void main();
