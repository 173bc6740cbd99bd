import type { Model, ModelDescription } from '@gradus/train';
import { wrongOption } from '@gradus/tensor/options';
import type { Architecture } from './architecture';
import type { ClassifierOptions } from './classifier';
import {
  alexnet,
  googlenet,
  lenet5,
  mnistCnn,
  mobilenetV1,
  resnet18,
  resnet50,
  uNet,
  vgg16,
} from './classic';
import { smallCnn, smallMobilenet, smallResnet, smallVgg } from './small';

/** The networks that have a name, as commands take it. */
const architectures = {
  'mnist-cnn': mnistCnn,
  'lenet-5': lenet5,
  alexnet,
  'vgg-16': vgg16,
  googlenet,
  'resnet-18': resnet18,
  'resnet-50': resnet50,
  'mobilenet-v1': mobilenetV1,
  'u-net': uNet,
  'small-cnn': smallCnn,
  'small-vgg': smallVgg,
  'small-resnet': smallResnet,
  'small-mobilenet': smallMobilenet,
} as const satisfies Readonly<Record<string, Architecture>>;

/** What a known network is called. */
export type ModelName = keyof typeof architectures;

/** What the known networks are called. */
export const modelNames = Object.freeze(Object.keys(architectures)) as readonly ModelName[];

/**
 * A known network with weights drawn from the seed, for the images and classes of its paper unless
 * options say otherwise.
 * @throws OptionError if there is none of this name, or an option is out of range.
 * @throws ShapeError if it cannot take images of `inputShape`.
 */
export function buildModel(name: ModelName, options?: ClassifierOptions): Model {
  return architectureOf('buildModel', name)(options);
}

/**
 * What a known network consists of, without weights: at once, and whatever its size in little memory.
 * `console.log(summaryText(summaryOf(describeModel('vgg-16'))))` shows it.
 * @throws OptionError or ShapeError, as `buildModel` would.
 */
export function describeModel(name: ModelName, options?: ClassifierOptions): ModelDescription {
  return architectureOf('describeModel', name).describe(options);
}

function architectureOf(op: string, name: ModelName): Architecture {
  if (modelNames.includes(name)) return architectures[name];
  throw wrongOption(op, `the name of a model: ${modelNames.join(', ')}`, name);
}
