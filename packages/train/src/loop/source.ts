import { Random } from '@gradus/tensor';
import { countSamples, inBatches, type Samples } from './samples';

/** Where the batches of each epoch come from. */
export interface Source {
  /** Batches in an epoch, if that is known. */
  readonly steps: number | undefined;
  /** Samples in an epoch, if that is known. */
  readonly samples: number | undefined;
  /** The batches of an epoch but for the first `done`, which were trained before. */
  batches(epoch: number, done: number): Iterable<Samples> | AsyncIterable<Samples>;
  /** Lets go of what it holds, when training is over. */
  close?(): Promise<void>;
}

/** How the samples of arrays are taken. */
export interface ArrayOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
}

/** Batches of samples that are all there, in another order in each epoch. */
export function arraySource(data: Samples, { batchSize, shuffle, seed }: ArrayOptions): Source {
  const samples = countSamples(data.x);
  const random = new Random(seed).split('shuffle');
  const asTheyCome = Int32Array.from({ length: samples }, (_, i) => i);
  return {
    steps: Math.ceil(samples / batchSize),
    samples,
    batches(epoch, done) {
      const order = shuffle ? random.split(epoch).permutation(samples) : asTheyCome;
      return inBatches(data, { batchSize, order: order.subarray(done * batchSize) });
    },
  };
}
