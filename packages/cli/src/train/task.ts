import { join } from 'node:path';
import { layers, Random, type data, type Model } from 'gradus';
import { outputsOf } from '../classification/assess';
import { readClassifier, weightsName, type Classifier } from '../classification/classifierFile';
import { loadImages, samplesOf, takeImages, type Samples } from '../classification/imageData';
import { fitting, sizeText, type ModelSource } from '../classification/modelSource';
import { resolveModel } from '../classification/resolveModel';
import type { Display } from '../display/display';
import { engines } from '../engines';
import { Failure } from '../failure';
import type { Interrupt } from '../interrupt';
import type { OutputFolder } from '../outputFolder';
import type { EarlierTraining } from './history';
import type { GivenSettings, Settings } from './settings';
import { compileFor } from './training';

/** Where a run reports to, and what may stop it. */
export interface Surroundings {
  readonly folder: OutputFolder;
  readonly interrupt: Interrupt;
  readonly display: Display;
}

/** What is to be trained, and on what. */
export interface Task {
  readonly settings: Settings;
  readonly source: ModelSource;
  readonly classifier: Classifier;
  readonly samples: Divided;
  readonly earlier: EarlierTraining | undefined;
}

/** Images to train with, to validate with after each epoch, and to test with at the end. */
export interface Divided {
  readonly training: Samples;
  readonly validation: Samples | undefined;
  readonly test: Samples | undefined;
  readonly classNames: readonly string[];
}

/** Images and model, or nothing if Ctrl-C came first. */
export async function prepareTask(
  settings: Settings,
  earlier: EarlierTraining | undefined,
  { folder, interrupt, display }: Surroundings,
): Promise<Task | undefined> {
  const source = await resolveModel(settings.model);
  display.phase('Images');
  const { size } = settings;
  const shape = source.inputShape && [
    ...(size === undefined ? source.inputShape.slice(0, 2) : [size, size]),
    source.inputShape[2]!,
  ];
  const dataset = await loadImages(
    { ...settings, shape },
    { display, signal: interrupt.signal },
  ).catch((error: unknown) => {
    if (interrupt.requested) return undefined;
    throw error;
  });
  if (dataset === undefined) return undefined;
  const samples = divide(dataset, settings);
  const classifier =
    earlier === undefined
      ? await newClassifier(source, samples, settings)
      : await savedClassifier({ source, samples, settings, earlier, out: folder.path });
  return { settings, source, classifier, samples, earlier };
}

/** The last part of the images to train with, which are in random order, validates. */
function divide(dataset: data.ImageDataset, { validationSplit, seed }: Settings): Divided {
  const { train: all, test, classNames } = dataset;
  const count = all.images.shape[0]!;
  const kept = Math.round(count * validationSplit);
  if (count === 0) throw new Failure('there are no images to train with.');
  if (kept === count || (kept === 0 && validationSplit > 0)) {
    throw new Failure(
      `--validation-split ${validationSplit} of ${count} image${count === 1 ? '' : 's'} leaves none ` +
        `to ${kept === 0 ? 'validate' : 'train'} with. Use more images, or --validation-split 0.`,
    );
  }
  const order = new Random(seed).split('validation').permutation(count);
  const part = (from: number, to: number): Samples =>
    samplesOf(kept === 0 ? all : takeImages(all, order.subarray(from, to)));
  return {
    training: part(0, count - kept),
    validation: kept === 0 ? undefined : part(count - kept, count),
    test: test.images.shape[0] === 0 ? undefined : samplesOf(test),
    classNames,
  };
}

async function newClassifier(
  source: ModelSource,
  { training, classNames }: Divided,
  settings: Settings,
): Promise<Classifier> {
  const inputShape = training.x.shape.slice(1);
  const shape = { inputShape, classes: classNames.length };
  const model = await source.build(shape, settings.seed);
  checkSavable(source, model);
  checkShapes(source.name, model, shape);
  model.progress = undefined;
  const outputs = outputsOf(model, training.x);
  const engine = engines[settings.engine];
  compileFor(model, { settings, outputs, images: training.x.shape[0]!, engine });
  return { model, classNames, outputs };
}

/** @throws Failure if the model could not be saved after hours of training. */
function checkSavable({ name, own: { functions = {} } }: ModelSource, { layer }: Model): void {
  fitting(name, {}, () => layers.layerToJson(layer, { functions }));
}

/** @throws Failure unless the model takes the images and gives a number for each class. */
function checkShapes(
  name: string,
  { inputShape, outputShape }: Model,
  wanted: { readonly inputShape: readonly number[]; readonly classes: number },
): void {
  if (sizeText(inputShape) !== sizeText(wanted.inputShape)) {
    throw new Failure(
      `${name} takes ${sizeText(inputShape)}; the images are ${sizeText(wanted.inputShape)}.`,
    );
  }
  if (sizeText(outputShape) === String(wanted.classes)) return;
  throw new Failure(
    `${name} gives [${outputShape.join(', ')}] for an image; expected a number for each of ` +
      `${wanted.classes} classes.`,
  );
}

/** The model of the last checkpoint. */
async function savedClassifier({
  source,
  samples: { training, classNames },
  settings,
  earlier: { counts },
  out,
}: {
  readonly source: ModelSource;
  readonly samples: Divided;
  readonly settings: Settings;
  readonly earlier: EarlierTraining;
  readonly out: string;
}): Promise<Classifier> {
  const images = training.x.shape[0]!;
  if (images !== counts.train || classNames.join('\n') !== counts.classNames.join('\n')) {
    throw new Failure(
      `--resume: the training began with ${counts.train} images of ${counts.classNames.length} ` +
        `classes, and now there are ${images} of ${classNames.length}.`,
    );
  }
  const file = join(out, weightsName);
  const read = await readClassifier(file, engines[settings.engine], source.own);
  const shape = { inputShape: training.x.shape.slice(1), classes: classNames.length };
  checkShapes(file, read.model, shape);
  return { outputs: 'logits', ...read, classNames };
}

/** A batch that was asked for must not be larger than what there is; the usual one may be. */
export function checkBatch({ batchSize }: GivenSettings, { training }: Divided): void {
  const images = training.x.shape[0]!;
  if (batchSize === undefined || batchSize <= images) return;
  throw new Failure(
    `--batch-size ${batchSize}: there ${images === 1 ? 'is 1 image' : `are ${images} images`} to train with.`,
  );
}
