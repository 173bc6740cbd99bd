import { ArgumentError, type DecodeModelOptions, type Model, type ModelDescription } from 'gradus';
import { Failure } from '../failure';

/** What a model is to take and give; what is left out is as the model says. */
export interface ModelShape {
  /** Of one image, [height, width, channels]. */
  readonly inputShape?: readonly number[] | undefined;
  readonly classes?: number | undefined;
}

/** What the command line names: a network by name, or what a file describes. */
export interface ModelSource {
  /** As it was given, after the option that it was given for. */
  readonly name: string;
  /** What it takes by itself, if it says so. */
  readonly inputShape?: readonly number[] | undefined;
  /** Code in its layers, which files of weights only name. */
  readonly own: OwnParts;
  /** Without numbers, at once. */
  describe(shape: ModelShape): Promise<ModelDescription>;
  /** With weights to begin with. */
  build(shape: Required<ModelShape>, seed: number): Promise<Model>;
}

/** What a module exports besides the model, so that it can be saved and read. */
export type OwnParts = Pick<DecodeModelOptions, 'functions' | 'layers'>;

/**
 * What `make` gives.
 * @throws Failure if the model cannot be made for the shape, with what its layers say.
 */
export function fitting<T>(label: string, { inputShape }: ModelShape, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const what = inputShape === undefined ? '' : ` cannot take ${sizeText(inputShape)}`;
    throw new Failure(`${label}${what}: ${error.message}`);
  }
}

/** A shape as one says it: 28x28x1. */
export function sizeText(shape: readonly number[]): string {
  return shape.join('x');
}
