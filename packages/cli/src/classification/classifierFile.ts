import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeModel, io, withBackend, type Backend, type Model } from 'gradus';
import { Failure, isSystemError, reasonOf } from '../failure';
import { decoded } from './decoded';
import type { OwnParts } from './modelSource';
import type { Outputs } from './softmaxInto';

/** What one has to know of a model, besides itself, to use it. */
export interface Classifier {
  readonly model: Model;
  /** What it tells apart, in the order of its results. */
  readonly classNames: readonly string[];
  readonly outputs: Outputs;
}

/** The file that `train` writes into its folder. */
export const weightsName = 'model.safetensors';

/** Where the file says what the model itself does not. */
const metadataName = 'gradus/classifier';

/** A classifier as the bytes of one file, with all that its training goes on from. */
export function encodeClassifier(
  { model, classNames, outputs }: Classifier,
  { functions = {} }: OwnParts,
): Uint8Array {
  // Pixels are given to it from 0 to 1.
  const note = JSON.stringify({ version: 1, classNames, outputs, inputRange: [0, 1] });
  return encodeModel(model, { functions, metadata: { [metadataName]: note } });
}

/** A model from a file; of one that `train` did not write, only itself is known. */
export type ReadClassifier = Pick<Classifier, 'model'> & Partial<Classifier>;

/**
 * The classifier in the folder of a training, or in a file of weights.
 * @throws Failure if there is none, or the file is not whole.
 */
export async function readClassifier(
  weights: string,
  engine: Backend,
  own: OwnParts = {},
): Promise<ReadClassifier> {
  const bytes = await bytesOf(weights);
  const name = `--weights ${weights}`;
  const model = withBackend(engine, () => decoded(name, bytes, { ...own, engine }));
  const { metadata } = io.decodeSafetensors(bytes);
  const note = readNote(name, metadata[metadataName]);
  if (note === undefined) return { model };
  if (note.classNames.length === model.outputShape[0]) return { model, ...note };
  throw new Failure(
    `${name}: the file names ${note.classNames.length} classes, and its model tells ` +
      `${String(model.outputShape[0])} apart.`,
  );
}

/** What the note says, if there is one and it is of this version. */
function readNote(name: string, text = '{}'): Omit<Classifier, 'model'> | undefined {
  const { version, classNames, outputs } = parsed(name, text);
  if (version !== 1 || !Array.isArray(classNames)) return undefined;
  return { classNames: classNames.map(String), outputs: outputs ?? 'logits' };
}

/** @throws Failure if it is no JSON. */
function parsed(name: string, text: string): Partial<Classifier> & { readonly version?: number } {
  try {
    return Object(JSON.parse(text)) as ReturnType<typeof parsed>;
  } catch {
    throw new Failure(`${name}: what the file says of its classes is damaged.`);
  }
}

async function bytesOf(weights: string): Promise<Uint8Array> {
  try {
    const isFolder = (await stat(weights)).isDirectory();
    const file = isFolder ? join(weights, weightsName) : weights;
    return await readFile(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new Failure(`--weights ${weights}: ${reasonOf(error)}. Name the folder of a training.`);
  }
}
