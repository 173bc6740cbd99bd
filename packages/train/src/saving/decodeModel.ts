import type { Backend } from '@gradus/autodiff';
import { decodeSafetensors } from '@gradus/io';
import {
  layerFromJson,
  type NamedFunctions,
  type ReadingOptions,
  type ShapeOf,
  type Value,
} from '@gradus/layers';
import type { OptimizerFromJsonOptions } from '@gradus/optimizers';
import type { Tensor } from '@gradus/tensor';
import { Model } from '../model/model';
import { assignAll } from '../model/weights';
import { progressFromJson } from './progressJson';
import { readSavedModel } from './readSavedModel';
import { metadataName, optimizerPrefix } from './savedModel';
import { objectiveFromJson } from './trainingJson';

/** What reading a model needs besides what the library has. */
export interface DecodeModelOptions extends ReadingOptions, OptimizerFromJsonOptions {
  /** Functions in its layers, losses and metrics, by the names they were saved under. */
  readonly functions?: NamedFunctions;
  /** The engine that computes. Default: the current one. */
  readonly engine?: Backend;
}

/**
 * The model that `encodeModel` wrote, compiled as it was.
 * @typeParam In what it takes, which the bytes do not say; default one tensor.
 * @typeParam Out what it gives, likewise.
 * @throws FormatError if the bytes are no safetensors file, or it holds no model, or not all of it.
 * @throws OptionError if it was saved with a layer, function or optimizer that is not known here.
 */
export function decodeModel<In extends Value = Tensor, Out extends Value = Tensor>(
  bytes: Uint8Array,
  options: DecodeModelOptions = {},
): Model<In, Out> {
  const { functions = {}, engine } = options;
  const { tensors, metadata } = decodeSafetensors(bytes);
  const saved = readSavedModel(metadata[metadataName]);
  const { name, seed, dtype, inputShape, training } = saved;
  const layer = layerFromJson<In, Out>(saved.layer, options);
  const model = new Model(layer, inputShape as ShapeOf<In>, { name, seed, dtype });
  const known = new Set(model.variables.map((variable) => variable.name));
  const ofWeights = entriesOf(tensors, (tensor) => known.has(tensor));
  assignAll('decodeModel', model.variables, ofWeights);
  for (const frozen of saved.frozen) model.freeze(frozen);
  if (training === undefined) return model;
  const objective = objectiveFromJson(training, functions, options);
  model.compile({ ...objective, ...(engine !== undefined && { engine }) });
  const { iterations, learningRate, progress } = training;
  const slots = entriesOf(tensors, (tensor) => !known.has(tensor), optimizerPrefix);
  const rate = learningRate === undefined ? {} : { learningRate };
  model.optimizer.setState(model.variables, { iterations, ...rate, tensors: slots });
  model.progress = progress && progressFromJson(progress, tensors);
  return model;
}

/**
 * Gives a model the weights that a safetensors file holds under their names; what else it holds is left
 * alone. If one is missing or does not fit, all stay as they are.
 * @throws FormatError if the bytes are no safetensors file.
 * @throws OptionError or ShapeError that names the weight.
 */
export function loadWeights(
  model: Pick<Model<never, Value>, 'variables' | 'name'>,
  bytes: Uint8Array,
): void {
  const { tensors } = decodeSafetensors(bytes);
  const known = new Set(model.variables.map((variable) => variable.name));
  const own = entriesOf(tensors, (tensor) => known.has(tensor));
  assignAll('loadWeights', model.variables, own);
}

function entriesOf(
  tensors: Readonly<Record<string, Tensor>>,
  holds: (name: string) => boolean,
  prefix = '',
): Record<string, Tensor> {
  const entries = Object.entries(tensors)
    .filter(([name]) => holds(name) && name.startsWith(prefix))
    .map(([name, tensor]) => [name.slice(prefix.length), tensor] as const);
  return Object.fromEntries(entries);
}
