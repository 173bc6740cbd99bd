import type { Random, Shape, Tensor } from '@gradus/tensor';
import { checkImage } from '../options/checkImage';
import { defineLayer, type Layer } from '../core/layer';
import { checkSeed, seededStream } from '../noise/seededStream';

/** Options of all layers that change pictures at random. */
export interface AugmentationConfig {
  /** A whole number that decides what is drawn. Default: the model's. */
  readonly seed?: number;
  /** Default: the layer's kind. */
  readonly name?: string;
}

/** What is done to pictures. */
export interface Augmentation {
  readonly kind: string;
  readonly config: AugmentationConfig;
  /** x [batch, height, width, channels] in training, with something drawn for each picture. */
  readonly change: (x: Tensor, random: Random) => Tensor;
}

/** A layer that changes pictures [height, width, channels] in training, and their shape never. */
export function augmentation({ kind, config, change }: Augmentation): Layer {
  checkSeed(kind, config.seed);
  const outputShape = (input: Shape): Shape => {
    checkImage(kind, input);
    return input;
  };
  return defineLayer<Tensor>({
    kind,
    name: config.name,
    config,
    outputShape,
    build(input) {
      outputShape(input);
      return (x, { training, random }) =>
        training && x.size > 0 ? change(x, seededStream(random, config.seed)) : x;
    },
  });
}

/** Something for each picture of a batch, drawn one after the other. */
export function forEachPicture<T>(x: Tensor, draw: () => T): T[] {
  return Array.from({ length: x.shape[0]! }, draw);
}
