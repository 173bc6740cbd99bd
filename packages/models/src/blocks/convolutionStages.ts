import { conv2d, maxPooling2d, type Layer } from '@gradus/layers';

/** Convolutions on images of one size. */
export interface ConvolutionStage {
  readonly filters: number;
  /** How many convolutions. */
  readonly convolutions: number;
}

/**
 * Stages of a VGG network: in each, 3x3 convolutions that keep height and width, rectified, and a 2x2 max
 * pooling that halves them. Two 3x3 convolutions see as much as one of 5x5, with fewer weights.
 *
 * K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image recognition", ICLR
 * 2015, arXiv:1409.1556, sections 2.1 and 2.3.
 */
export function convolutionStages(stages: readonly ConvolutionStage[]): Layer[] {
  return stages.flatMap(({ filters, convolutions }, stage) => [
    ...Array.from({ length: convolutions }, (_, i) =>
      conv2d({
        filters,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: 'heNormal',
        name: `conv${stage + 1}_${i + 1}`,
      }),
    ),
    maxPooling2d({ name: `pool${stage + 1}` }),
  ]);
}
