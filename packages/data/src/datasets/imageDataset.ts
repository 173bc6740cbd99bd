import type { Tensor } from '@gradus/tensor';

/** Images with what they show. */
export interface LabelledImages {
  /** [samples, height, width, channels], from 0 to 255. */
  readonly images: Tensor<'uint8'>;
  /** [samples], each the index of a class. */
  readonly labels: Tensor<'int32'>;
}

/** Images of several classes: those to train with, and those to test with, which training never sees. */
export interface ImageDataset {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** What the labels mean, by their numbers. */
  readonly classNames: readonly string[];
}
