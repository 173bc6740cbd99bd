import { adam, conv2d, data, input, layers, sequential } from 'gradus';
import type { Benchmark, Suite } from '../benchmark';
import { randomTensor } from '../randomTensor';

/** Learning a filter of one channel with Adam and mean squared error. */
interface FilterLearning {
  readonly images: number;
  readonly size: number;
  readonly kernel: number;
  readonly batch: number;
}

const sizes: readonly FilterLearning[] = [
  { images: 8, size: 128, kernel: 3, batch: 8 },
  { images: 8, size: 128, kernel: 32, batch: 8 },
  // Constant images/s over these say that the time grows linearly with their number.
  { images: 50, size: 64, kernel: 3, batch: 2 },
  { images: 100, size: 64, kernel: 3, batch: 2 },
  { images: 200, size: 64, kernel: 3, batch: 2 },
  { images: 400, size: 64, kernel: 3, batch: 2 },
];

/** Steps of a training: forward, backward and optimizer. */
export const training: Suite = { name: 'training', benchmarks: sizes.map(filterLearning) };

function filterLearning({ images, size, kernel, batch }: FilterLearning): Benchmark {
  return {
    name: `learn ${kernel}x${kernel} from ${images} of ${size}x${size}, batch ${batch}`,
    unit: 'images/s',
    work: images,
    prepare() {
      const x = randomTensor('x', [images, size, size, 1]);
      const target = randomTensor('target', [kernel, kernel, 1, 1]);
      const y = conv2d(x, target, { padding: 'same' });
      const layer = layers.conv2d({ filters: 1, kernelSize: kernel, padding: 'same' });
      const model = sequential([input([size, size, 1]), layer]);
      model.compile({ optimizer: adam(), loss: 'meanSquaredError' });
      return () => {
        for (const [inputs, targets] of data.batches([x, y], { batchSize: batch })) {
          model.trainOnBatch(inputs!, targets!);
        }
      };
    },
  };
}
