import type { JsonObject, SavedLayer } from '@gradus/layers';
import type { SavedConfig } from '@gradus/optimizers';
import type { FloatDType, Shape } from '@gradus/tensor';

/*
 * A model is one safetensors file, so that it is written whole or not at all, and its weights can be read
 * by whatever reads that format: they are its tensors, by their names. What the model is stands as JSON
 * in the metadata, under one name.
 */

/** Where the metadata say what the model is. */
export const metadataName = 'gradus';

/** What `format` says. */
export const savedFormat = 'gradus/model';

/** The version that is written. */
export const savedVersion = 2;

/** Those that are read: version 1 did not say what a training remembers. */
export const readVersions: readonly unknown[] = [1, savedVersion];

/** What stands before the names of tensors that an optimizer remembers. */
export const optimizerPrefix = 'optimizer/';

/** What stands before the names of tensors that a callback remembers, followed by its number. */
export const callbacksPrefix = 'callbacks/';

/** What a model is, without its numbers. */
export interface SavedModel {
  readonly format: typeof savedFormat;
  readonly version: 1 | typeof savedVersion;
  readonly name: string;
  readonly seed: number;
  readonly dtype: FloatDType;
  readonly inputShape: SavedShapes;
  readonly layer: SavedLayer;
  /** The names of weights that are frozen. */
  readonly frozen: readonly string[];
  /** How it was compiled, and how far its training is; none if that was not saved. */
  readonly training?: SavedTraining | undefined;
}

/** The shape of one sample: of one input, or of several in a list or by name. */
export type SavedShapes = Shape | readonly Shape[] | { readonly [name: string]: Shape };

/** How a model was compiled, and how far its training is. */
export interface SavedTraining {
  readonly optimizer: SavedConfig;
  readonly iterations: number;
  /** What the learning rate was set to, if it was. */
  readonly learningRate?: number | undefined;
  readonly loss: SavedPerOutput;
  readonly lossWeights?: readonly number[] | { readonly [output: string]: number } | undefined;
  readonly metrics?:
    readonly SavedFunction[] | { readonly [output: string]: readonly SavedFunction[] };
  readonly progress?: SavedProgress | undefined;
}

/** How far a training is. */
export interface SavedProgress {
  readonly epoch: number;
  readonly batch: number;
  /** What it remembers, but for tensors; none in version 1. */
  readonly memory?: JsonObject;
}

/** A loss for all outputs, or one for each. */
export type SavedPerOutput =
  SavedFunction | readonly SavedFunction[] | { readonly [output: string]: SavedFunction };

/** A loss or a metric: Keras's name, how it was made, or the name of a function of one's own. */
export type SavedFunction = string | SavedConfig | { readonly function: string };
