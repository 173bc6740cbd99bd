import { stat } from 'node:fs/promises';
import { data, reshape, sub, type Model, type Tensor } from 'gradus';
import { readImage, readImageFolder } from '@gradus/data/node';
import { outputsOf } from '../classification/assess';
import { readClassifier } from '../classification/classifierFile';
import { sizeText } from '../classification/modelSource';
import { resolveModel } from '../classification/resolveModel';
import { softmaxInto } from '../classification/softmaxInto';
import type { Display } from '../display/display';
import { engines, type EngineName } from '../engines';
import { Failure, reasonOf } from '../failure';

/** What to look at, and how to tell of it. */
export interface PredictOptions {
  readonly weights: string;
  /** Images and folders of images. */
  readonly paths: readonly string[];
  /** How many classes to name. */
  readonly top: number;
  readonly invert?: boolean;
  readonly json?: boolean;
  readonly model?: string;
  readonly engine: EngineName;
}

/** What a network says of an image. */
interface Prediction {
  readonly file: string;
  /** The likeliest classes, the likeliest first. */
  readonly classes: readonly { readonly name: string; readonly probability: number }[];
}

/**
 * Has a network look at images of any size.
 * @returns lines, or JSON.
 * @throws Failure if there is no such network or image.
 */
export async function predict(options: PredictOptions, display: Display): Promise<string> {
  const { weights, paths, engine, model: module, json = false } = options;
  const own = module === undefined ? {} : (await resolveModel(module)).own;
  const read = await readClassifier(weights, engines[engine], own);
  const classify = classifierOf(read, options);
  const fit = fitFor(weights, read.model);
  const predictions: Prediction[] = [];
  for (const path of paths) {
    for (const { file, image } of await imagesAt(path, fit, display)) {
      predictions.push({ file, classes: classify(image) });
    }
  }
  return json ? `${JSON.stringify(predictions, undefined, 2)}\n` : linesOf(predictions);
}

/**
 * How images become what the model takes.
 * @throws Failure if it takes something else, or gives something else than a number for each class.
 */
function fitFor(
  weights: string,
  { inputShape, outputShape }: Model,
): (image: Tensor<'uint8'>) => Tensor<'uint8'> {
  const [height, width, channels] = inputShape as [number, number, number];
  if (inputShape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new Failure(`--weights ${weights}: the model takes ${sizeText(inputShape)}, not images.`);
  }
  if (outputShape.length !== 1) {
    throw new Failure(
      `--weights ${weights}: the model gives [${outputShape.join(', ')}] for an image, not a number for ` +
        'each class.',
    );
  }
  return (image) =>
    data.fitImage(image, { size: [height, width], channels: channels === 1 ? 'grey' : 'rgb' });
}

type ReadClassifier = Awaited<ReturnType<typeof readClassifier>>;

function classifierOf(
  { model, classNames, outputs }: ReadClassifier,
  { top, invert = false }: PredictOptions,
): (image: Tensor<'uint8'>) => Prediction['classes'] {
  return (image) => {
    const bright: Tensor = data.toUnitRange(image);
    const shown = invert ? sub(1, bright) : bright;
    const x = reshape(shown, [1, ...image.shape]);
    const probabilities = new Float64Array(model.outputShape[0]!);
    softmaxInto(probabilities, model.predict(x).toTypedArray(), outputs ?? outputsOf(model, x));
    return likeliest(probabilities, top).map((label) => ({
      name: classNames?.[label] ?? `class ${label}`,
      probability: probabilities[label]!,
    }));
  };
}

/** The places of the largest numbers, the largest first. */
function likeliest(probabilities: Float64Array, most: number): number[] {
  const places = Array.from(probabilities.keys());
  return places.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b).slice(0, most);
}

interface NamedImage {
  readonly file: string;
  readonly image: Tensor<'uint8'>;
}

/** The image of a file, or those of a folder; what cannot be read in a folder is told and left out. */
async function imagesAt(
  path: string,
  convert: (image: Tensor<'uint8'>) => Tensor<'uint8'>,
  display: Display,
): Promise<readonly NamedImage[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`--data ${path}: ${reasonOf(error)}.`);
  });
  if (!found.isDirectory()) return [{ file: path, image: convert(await readImage(path)) }];
  const { images, skipped } = await readImageFolder(path, { convert });
  for (const { path: file, reason } of skipped) display.warn(`skipped ${file}: ${reason}`);
  return images.map(({ path: file, image }) => ({ file, image }));
}

/** A line for each image: its file, then classes with probabilities in percent. */
function linesOf(predictions: readonly Prediction[]): string {
  return predictions
    .map(({ file, classes }) => {
      const said = classes.map(({ name, probability }) => `${name} ${percent(probability)}`);
      return `${file}: ${said.join(', ')}\n`;
    })
    .join('');
}

function percent(probability: number): string {
  return `${(100 * probability).toFixed(1)} %`;
}
