import { input, type Activation, type Layer } from '@gradus/layers';
import type { Shape } from '@gradus/tensor';
import { checkWhole, optionsOf } from '@gradus/tensor/options';
import { describeLayer, Model, type ModelDescription } from '@gradus/train';
import type { ClassifierOptions } from './classifier';

/** A known network: called, it gives a model with weights. */
export interface Architecture<Options extends ClassifierOptions = ClassifierOptions> {
  /**
   * A model with weights drawn from the seed.
   * @throws OptionError if an option is out of range.
   * @throws ShapeError if `inputShape` is too small, or no image.
   */
  (options?: Options): Model;
  /**
   * What the model consists of, without weights: at once, whatever its size.
   * @throws OptionError or ShapeError, as the model would.
   */
  readonly describe: (options?: Options) => ModelDescription;
}

/** What decides the ends of a network, given or by default. */
export interface Ends {
  readonly inputShape: Shape;
  readonly classes: number;
  readonly classifierActivation: Activation;
}

/** What an architecture is made of. */
export interface ArchitectureDefinition<Options extends ClassifierOptions> {
  /** The first part of its weights' names, and what errors call it. */
  readonly name: string;
  /** As in its paper. */
  readonly inputShape: Shape;
  readonly classes: number;
  /** Default 'softmax'. */
  readonly classifierActivation?: Activation;
  /** The network as one layer. What is special to it is among the options, as they are given. */
  readonly compose: (ends: Ends, options: Options | undefined) => Layer;
}

/** An architecture of its defaults and its layers. */
export function defineArchitecture<Options extends ClassifierOptions = ClassifierOptions>(
  definition: ArchitectureDefinition<Options>,
): Architecture<Options> {
  const plan = (given: Options | undefined): Plan => planOf(definition, given);
  const build = (given?: Options): Model => {
    const { layer, inputShape, name, seed, dtype } = plan(given);
    return new Model(layer, inputShape, { name, seed, dtype });
  };
  const describe = (given?: Options): ModelDescription => {
    const { layer, inputShape, ...options } = plan(given);
    return describeLayer(layer, inputShape, options);
  };
  return Object.assign(build, { describe });
}

/** All that a model or its description needs. */
interface Plan {
  readonly layer: Layer;
  readonly inputShape: Shape;
  readonly name: string;
  readonly seed: number;
  readonly dtype: 'float32' | 'float64';
}

function planOf<Options extends ClassifierOptions>(
  definition: ArchitectureDefinition<Options>,
  given: Options | undefined,
): Plan {
  const op = definition.name;
  const common: ClassifierOptions = given === undefined ? {} : optionsOf(op, given);
  const { name = op, seed = 0, dtype = 'float32' } = common;
  const { inputShape = definition.inputShape, classes = definition.classes } = common;
  const { classifierActivation = definition.classifierActivation ?? 'softmax' } = common;
  checkWhole(op, { classes });
  const { shape } = input(inputShape);
  const layer = definition.compose({ inputShape: shape, classes, classifierActivation }, given);
  return { layer, inputShape: shape, name, seed, dtype };
}
