import {
  conv2d,
  dense,
  dropout,
  globalAveragePooling2d,
  maxPooling2d,
  sequence,
  type Conv2dConfig,
  type Layer,
} from '@gradus/layers';
import { defineArchitecture } from '../architecture';
import { inceptionModule } from '../blocks/inceptionModule';
import { localResponses } from './localResponses';

/**
 * GoogLeNet, without the auxiliary classifiers that help it to learn, for images of any size, by default
 * [224, 224, 3], 1000 classes: 6,998,552 weights.
 *
 * C. Szegedy et al., "Going deeper with convolutions", CVPR 2015, arXiv:1409.4842, table 1 and figure 3.
 * Convolutions have a bias and no batch normalisation, which came a year later; all padding is 'same', as
 * it takes for the sizes in the table. The table's 7x7 mean is that of the whole image.
 */
export const googlenet = defineArchitecture({
  name: 'googlenet',
  inputShape: [224, 224, 3],
  classes: 1000,
  compose: ({ classes, classifierActivation }) =>
    sequence([
      convolution({ filters: 64, kernelSize: 7, strides: 2, name: 'conv1' }),
      halving('pool1'),
      localResponses('norm1'),
      convolution({ filters: 64, kernelSize: 1, name: 'conv2Reduce' }),
      convolution({ filters: 192, kernelSize: 3, name: 'conv2' }),
      localResponses('norm2'),
      halving('pool2'),
      inception('3a', [64, 96, 128, 16, 32, 32]),
      inception('3b', [128, 128, 192, 32, 96, 64]),
      halving('pool3'),
      inception('4a', [192, 96, 208, 16, 48, 64]),
      inception('4b', [160, 112, 224, 24, 64, 64]),
      inception('4c', [128, 128, 256, 24, 64, 64]),
      inception('4d', [112, 144, 288, 32, 64, 64]),
      inception('4e', [256, 160, 320, 32, 128, 128]),
      halving('pool4'),
      inception('5a', [256, 160, 320, 32, 128, 128]),
      inception('5b', [384, 192, 384, 48, 128, 128]),
      globalAveragePooling2d(),
      dropout({ rate: 0.4 }),
      dense({ units: classes, activation: classifierActivation }),
    ]),
});

function convolution(config: Conv2dConfig): Layer {
  return conv2d({
    padding: 'same',
    activation: 'relu',
    kernelInitializer: 'heNormal',
    ...config,
  });
}

function halving(name: string): Layer {
  return maxPooling2d({ poolSize: 3, strides: 2, padding: 'same', name });
}

/** A row of table 1: the numbers of filters in the order of its columns. */
type TableRow = readonly [number, number, number, number, number, number];

function inception(place: string, row: TableRow): Layer {
  const [filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, projection] = row;
  const filters = { filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, projection };
  return inceptionModule({ ...filters, name: `inception${place}` });
}
