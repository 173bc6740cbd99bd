import type { EngineName } from '../engines';
import type { OptimizerName } from './optimizers';
import type { ScheduleName } from './schedules';

/** How to train: what depends on the model. */
export interface Recipe {
  readonly epochs: number;
  readonly batchSize: number;
  /** Of the first step, or the largest one. */
  readonly learningRate: number;
  readonly schedule: ScheduleName;
  readonly optimizer: OptimizerName;
}

/** Everything that decides the outcome of `train`. */
export interface Settings extends Recipe {
  /** The name of a data set, or a folder. */
  readonly data: string;
  /** The folder with the files of a named data set. */
  readonly from: string | undefined;
  /** Height and width that images of a folder are brought to; `undefined`: what the model is made for. */
  readonly size: number | undefined;
  /** Most images to train with, and to test with. */
  readonly limit: number | undefined;
  /** The name of a model, or a file. */
  readonly model: string;
  /** Part of the images to train with that validate instead. */
  readonly validationSplit: number;
  readonly seed: number;
  readonly engine: EngineName;
  readonly threads: number;
}

/** Settings as given on the command line: what was not is missing. */
export type GivenSettings = { readonly [K in keyof Settings]?: Settings[K] | undefined };

/** What holds where neither the command line nor the model says otherwise. */
const defaults = {
  data: 'digits',
  from: undefined,
  size: undefined,
  limit: undefined,
  model: 'mnist-cnn',
  validationSplit: 0,
  seed: 0,
  engine: 'simd',
  threads: 1,
} as const;

/**
 * How each model is trained by default: epochs, images in a step, learning rate, how it changes, and
 * optimizer. Those of networks for photographs are as in their papers, but for fewer epochs.
 */
const recipes: Readonly<Record<string, Recipe>> = {
  'mnist-cnn': recipe(3, 64, 0.004, 'cosine', 'adam'),
  'lenet-5': recipe(5, 64, 0.002, 'cosine', 'adam'),
  'small-cnn': recipe(6, 64, 0.002, 'cosine', 'adam'),
  'small-vgg': recipe(10, 64, 0.002, 'cosine', 'adam'),
  'small-resnet': recipe(10, 64, 0.003, 'warm-up', 'adam'),
  'small-mobilenet': recipe(10, 64, 0.003, 'warm-up', 'adam'),
  alexnet: recipe(10, 64, 0.01, 'step', 'momentum'),
  'vgg-16': recipe(10, 32, 0.01, 'step', 'momentum'),
  googlenet: recipe(10, 32, 0.01, 'linear', 'momentum'),
  'resnet-18': recipe(10, 32, 0.02, 'warm-up', 'momentum'),
  'resnet-50': recipe(10, 32, 0.02, 'warm-up', 'momentum'),
  'mobilenet-v1': recipe(10, 32, 0.02, 'warm-up', 'momentum'),
};

/** For models of one's own: Keras's defaults. */
const ownRecipe = recipe(10, 32, 0.001, 'constant', 'adam');

/** The learning rate that suits an optimizer where the recipe is for another. */
const usualRates: Readonly<Record<OptimizerName, number>> = {
  adam: 0.001,
  adamw: 0.001,
  nadam: 0.001,
  adamax: 0.001,
  sgd: 0.05,
  momentum: 0.01,
  rmsprop: 0.001,
  adagrad: 0.01,
  adadelta: 1,
};

/** Completes what was given with the defaults of the model. */
export function completeSettings(given: GivenSettings): Settings {
  const model = given.model ?? defaults.model;
  const usual = recipes[model] ?? ownRecipe;
  const { optimizer = usual.optimizer } = given;
  const learningRate = optimizer === usual.optimizer ? usual.learningRate : usualRates[optimizer];
  return { ...defaults, ...usual, learningRate, ...withoutMissing(given) };
}

/** What was given, without what is `undefined`. */
export function withoutMissing(given: GivenSettings): Partial<Settings> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function recipe(
  epochs: number,
  batchSize: number,
  learningRate: number,
  ...[schedule, optimizer]: readonly [ScheduleName, OptimizerName]
): Recipe {
  return { epochs, batchSize, learningRate, schedule, optimizer };
}
