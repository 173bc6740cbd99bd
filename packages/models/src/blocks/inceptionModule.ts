import { concatenate, conv2d, graph, input, maxPooling2d, type Layer } from '@gradus/layers';
import { checkWhole, optionsOf } from '@gradus/tensor/options';
import { inTurn } from './inTurn';

/** Options of `inceptionModule`: the filters of its convolutions, as table 1 of the paper lists them. */
export interface InceptionConfig {
  /** Of the 1x1 convolution. */
  readonly filters1x1: number;
  /** Of the 1x1 convolution before the 3x3 one. */
  readonly reduce3x3: number;
  /** Of the 3x3 convolution. */
  readonly filters3x3: number;
  /** Of the 1x1 convolution before the 5x5 one. */
  readonly reduce5x5: number;
  /** Of the 5x5 convolution. */
  readonly filters5x5: number;
  /** Of the 1x1 convolution behind the pooling. */
  readonly projection: number;
  /** Default 'graph'. */
  readonly name?: string;
}

/**
 * An Inception module with dimension reduction as a graph: what 1x1, 3x3 and 5x5 convolutions and a 3x3
 * max pooling make of the same image, side by side as channels; from [height, width, channels] to
 * [height, width, filters1x1 + filters3x3 + filters5x5 + projection]. All convolutions are rectified.
 *
 * C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, arXiv:1409.4842, section 4 and figure
 * 2(b).
 * @throws OptionError if an option is out of range.
 */
export function inceptionModule(config: InceptionConfig): Layer {
  const { name, ...counts } = optionsOf('inceptionModule', config);
  const { filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, projection } = counts;
  checkWhole('inceptionModule', {
    filters1x1,
    reduce3x3,
    filters3x3,
    reduce5x5,
    filters5x5,
    projection,
  });
  // One channel stands for as many as there will be: no layer here depends on their number.
  const x = input([1, 1, 1]);
  const branches = [
    [convolution(1, filters1x1, 'conv1x1')],
    [convolution(1, reduce3x3, 'reduce3x3'), convolution(3, filters3x3, 'conv3x3')],
    [convolution(1, reduce5x5, 'reduce5x5'), convolution(5, filters5x5, 'conv5x5')],
    [
      maxPooling2d({ poolSize: 3, strides: 1, padding: 'same', name: 'pool' }),
      convolution(1, projection, 'projection'),
    ],
  ];
  const outputs = concatenate().apply(branches.map((branch) => inTurn(x, branch)));
  return graph({ inputs: x, outputs, ...(name !== undefined && { name }) });
}

function convolution(kernelSize: number, filters: number, name: string): Layer {
  return conv2d({
    filters,
    kernelSize,
    padding: 'same',
    activation: 'relu',
    kernelInitializer: 'heNormal',
    name,
  });
}
