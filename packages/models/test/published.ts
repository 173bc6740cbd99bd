import type { ModelName } from '../src/index';

/** What is known of a network from its paper, or from the libraries that have it. */
export interface Published {
  readonly parameters: number;
  /** Weights that training does not change. Default none. */
  readonly nonTrainable?: number;
  /** Convolutions and dense layers one after the other, as its name or paper counts them. */
  readonly depth: number;
  /** Millions of products for one image, where the paper says how many. */
  readonly multiplyAdds?: number;
}

/** He et al. 2016, table 1, give 1.8, 3.8 and (for VGG) 15.3 billions; Howard et al., table 4, 569 millions. */
export const published: Readonly<Record<ModelName, Published>> = {
  'mnist-cnn': { parameters: 54410, depth: 2 },
  'lenet-5': { parameters: 61706, depth: 5 },
  alexnet: { parameters: 62378344, depth: 8 },
  'vgg-16': { parameters: 138357544, depth: 16, multiplyAdds: 15300 },
  googlenet: { parameters: 6998552, depth: 22, multiplyAdds: 1500 },
  'resnet-18': { parameters: 11699112, nonTrainable: 9600, depth: 18, multiplyAdds: 1800 },
  'resnet-50': { parameters: 25636712, nonTrainable: 53120, depth: 50, multiplyAdds: 3800 },
  'mobilenet-v1': { parameters: 4253864, nonTrainable: 21888, depth: 28, multiplyAdds: 569 },
  'u-net': { parameters: 31030593, depth: 23 },
  'small-cnn': { parameters: 352074, depth: 5 },
  'small-vgg': { parameters: 550570, depth: 8 },
  'small-resnet': { parameters: 271098, nonTrainable: 1376, depth: 20 },
  'small-mobilenet': { parameters: 549578, nonTrainable: 6528, depth: 16 },
};
