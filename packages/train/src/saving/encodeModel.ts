import { encodeSafetensors } from '@gradus/io';
import { layerToJson, type AnyLayer, type NamedFunctions } from '@gradus/layers';
import type { FloatDType, Tensor } from '@gradus/tensor';
import type { Variable } from '@gradus/autodiff';
import { checkObjects } from '@gradus/tensor/options';
import type { Compiled } from '../model/compiled';
import type { Progress } from '../loop/progress';
import {
  metadataName,
  optimizerPrefix,
  savedFormat,
  savedVersion,
  type SavedModel,
  type SavedShapes,
  type SavedTraining,
} from './savedModel';
import { progressToJson } from './progressJson';
import { objectiveToJson } from './trainingJson';

/** What is saved of a model: any `Model`, whatever it takes and gives. */
export interface SavableModel {
  readonly name: string;
  readonly seed: number;
  readonly dtype: FloatDType;
  readonly layer: AnyLayer;
  readonly inputShape: SavedShapes;
  readonly variables: readonly Variable[];
  /** What it was compiled with, if it was. */
  readonly objective: Compiled['objective'] | undefined;
  readonly progress: Progress | undefined;
}

/** What to save of a model. */
export interface EncodeModelOptions {
  /** Whether also how it was compiled, and all that training goes on from. Default true. */
  readonly includeOptimizer?: boolean;
  /** Functions of one's own in its layers, losses and metrics, by the names they are saved under. */
  readonly functions?: NamedFunctions;
  /** Texts of one's own beside it, by names other than 'gradus', such as what its classes are called. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A model as the bytes of a safetensors file: its weights as tensors by their names, and in the metadata
 * its layers, and, if it was compiled, its optimizer with all that this remembers, losses and metrics, and
 * how far its training is, with what its callbacks remember. A training that goes on from what
 * `decodeModel` reads comes to the same bits.
 * @throws OptionError if something is a function without a name, or cannot be written as JSON.
 */
export function encodeModel(model: SavableModel, options: EncodeModelOptions = {}): Uint8Array {
  const { includeOptimizer = true, functions = {}, metadata = {} } = options;
  checkObjects('encodeModel', { model });
  const { name, seed, dtype, inputShape, variables, objective } = model;
  const state =
    includeOptimizer && objective !== undefined
      ? objective.optimizer.getState(variables)
      : undefined;
  const [progress, remembered] =
    state === undefined || model.progress === undefined
      ? [undefined, {}]
      : progressToJson(model.progress);
  const training: SavedTraining | undefined = state && {
    ...objectiveToJson(objective!, functions),
    iterations: state.iterations,
    learningRate: state.learningRate,
    progress,
  };
  const saved: SavedModel = {
    format: savedFormat,
    version: savedVersion,
    name,
    seed,
    dtype,
    inputShape,
    layer: layerToJson(model.layer, { functions }),
    frozen: variables.filter(({ frozen }) => frozen).map((variable) => variable.name),
    training,
  };
  const tensors: Record<string, Tensor> = {};
  for (const variable of variables) tensors[variable.name] = variable.snapshot();
  for (const [slot, tensor] of Object.entries(state?.tensors ?? {})) {
    tensors[`${optimizerPrefix}${slot}`] = tensor;
  }
  Object.assign(tensors, remembered);
  return encodeSafetensors(tensors, {
    metadata: { ...metadata, [metadataName]: JSON.stringify(saved) },
  });
}
