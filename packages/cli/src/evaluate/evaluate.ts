import { tensor, viz, type data } from 'gradus';
import { version } from '../../package.json';
import { brief } from '../brief';
import { assess, outputsOf, type Assessment } from '../classification/assess';
import { readClassifier, type ReadClassifier } from '../classification/classifierFile';
import { classScores, scoreRows } from '../classification/classScores';
import { loadImages, samplesOf } from '../classification/imageData';
import { sizeText } from '../classification/modelSource';
import { assessmentSections, type Judged } from '../classification/reportSections';
import { resolveModel } from '../classification/resolveModel';
import type { Display } from '../display/display';
import { engines, type EngineName } from '../engines';
import { Failure } from '../failure';
import type { Interrupt } from '../interrupt';
import type { OutputFolder } from '../outputFolder';
import { onThreads } from '../threads';
import { commandName, numbersName } from './resultKind';

/** Which of the images of a data set. */
export const parts = ['test', 'train', 'all'] as const;

/** What to judge, and on what. */
export interface EvaluateOptions {
  /** The folder of a training, or a file of weights. */
  readonly weights: string;
  /** The name of a data set, or a folder. */
  readonly data: string;
  readonly from?: string;
  readonly part: (typeof parts)[number];
  readonly limit?: number;
  /** A module with the code of the model's own layers. */
  readonly model?: string;
  readonly engine: EngineName;
  readonly threads: number;
}

/** Where a run reports to, and what may stop it. */
export interface Surroundings {
  readonly folder: OutputFolder | undefined;
  readonly interrupt: Interrupt;
  readonly display: Display;
}

/**
 * Judges a trained network, and writes a report if there is a folder for it.
 * @returns what to say of it; `undefined` if it was interrupted.
 * @throws Failure if there is no such network, or the images are not what it takes.
 */
export async function evaluate(
  options: EvaluateOptions,
  { folder, interrupt, display }: Surroundings,
): Promise<string | undefined> {
  interrupt.onRequest(() => display.warn('stopping'));
  const { weights, engine, model: module } = options;
  const own = module === undefined ? {} : (await resolveModel(module)).own;
  const classifier = await readClassifier(weights, engines[engine], own);
  display.phase('Images');
  const images = await imagesOf(options, classifier, { interrupt, display });
  if (images === undefined) return undefined;
  const { model } = classifier;
  const { x, y } = samplesOf(images);
  display.phase('Evaluating');
  const assessment = await onThreads(options, () =>
    assess(model, {
      ...{ x, y },
      outputs: classifier.outputs ?? outputsOf(model, x),
      onProgress: (done, total) => display.progress(done, total),
      isStopped: () => interrupt.requested,
    }),
  );
  if (assessment === undefined) return undefined;
  const judged = { x, assessment, classNames: images.classNames };
  if (folder === undefined) return textOf(judged);
  await folder.write('report.html', pageOf(options, judged));
  await folder.write(numbersName, numbersText(options, judged));
  folder.publish();
  return `${textOf(judged)}\nResults: ${folder.path}\nOpen ${folder.path}/report.html\n`;
}

type JudgedImages = data.LabelledImages & { readonly classNames: readonly string[] };

/** The images, labelled by the places of their classes in the model's results. */
async function imagesOf(
  options: EvaluateOptions,
  { model, classNames }: ReadClassifier,
  { interrupt, display }: Pick<Surroundings, 'interrupt' | 'display'>,
): Promise<JudgedImages | undefined> {
  const { part, from, limit } = options;
  const { inputShape } = model;
  const dataset = await loadImages(
    { data: options.data, from, limit, shape: inputShape },
    { display, signal: interrupt.signal },
  ).catch((error: unknown) => {
    if (interrupt.requested) return undefined;
    throw error;
  });
  if (dataset === undefined || interrupt.requested) return undefined;
  const { images, labels } = partOf(dataset, part);
  const shape = images.shape.slice(1);
  if (images.shape[0] === 0) {
    throw new Failure(`--data ${options.data}: there are no images in part ${part}.`);
  }
  if (sizeText(shape) !== sizeText(inputShape)) {
    throw new Failure(
      `--data ${options.data}: the images are ${sizeText(shape)}; the model takes ${sizeText(inputShape)}.`,
    );
  }
  const known = classNames ?? dataset.classNames;
  checkClasses(options.data, { model, known, given: dataset.classNames });
  const places = dataset.classNames.map((name) => known.indexOf(name));
  const relabelled = Int32Array.from(labels.toTypedArray(), (label) => places[label]!);
  return { images, labels: tensor(relabelled, [relabelled.length]), classNames: known };
}

function partOf(
  { train, test }: data.ImageDataset,
  part: EvaluateOptions['part'],
): data.LabelledImages {
  if (part !== 'all') return part === 'test' ? test : train;
  const [a, b] = [train.images.toTypedArray(), test.images.toTypedArray()];
  const pixels = new Uint8Array(a.length + b.length);
  pixels.set(a);
  pixels.set(b, a.length);
  const count = train.images.shape[0]! + test.images.shape[0]!;
  const labels = [...train.labels.toTypedArray(), ...test.labels.toTypedArray()];
  return {
    images: tensor(pixels, [count, ...train.images.shape.slice(1)]),
    labels: tensor(Int32Array.from(labels), [count]),
  };
}

/** @throws Failure unless the model knows every class of the data. */
function checkClasses(
  name: string,
  {
    model,
    known,
    given,
  }: { model: ReadClassifier['model']; known: readonly string[]; given: readonly string[] },
): void {
  const unknown = given.find((one) => !known.includes(one));
  if (unknown !== undefined) {
    throw new Failure(
      `--data ${name}: the model does not know the class ${unknown}. It tells apart ` +
        `${known.join(', ')}.`,
    );
  }
  if (sizeText(model.outputShape) === String(known.length)) return;
  throw new Failure(
    `--data ${name}: there are ${known.length} classes; the model gives ` +
      `[${model.outputShape.join(', ')}] for an image.`,
  );
}

function textOf({ assessment, classNames }: Judged): string {
  const scores = viz.tableToText(scoreRows(classScores(assessment, classNames)));
  return `\n${viz.tableToText(summaryRows(assessment))}\n\n${scores}\n`;
}

function summaryRows({ loss, accuracy, labels }: Assessment): viz.TableRows {
  return [
    ['images', 'loss', 'accuracy'],
    [labels.length, brief(loss), accuracy.toFixed(4)],
  ];
}

function pageOf({ weights, data: name, part }: EvaluateOptions, judged: Judged): string {
  const which = part === 'all' ? 'all images' : `the images to ${part} with`;
  return viz.htmlPage({
    title: `How well ${weights} knows ${name}`,
    introduction: `Judged on ${which}.`,
    sections: [
      { heading: 'How well', content: [viz.htmlTable(summaryRows(judged.assessment))] },
      ...assessmentSections(judged),
    ],
  });
}

function numbersText(options: EvaluateOptions, { assessment, classNames }: Judged): string {
  const { loss, accuracy, labels, confusion } = assessment;
  const numbers = {
    command: commandName,
    versions: { gradus: version, node: process.versions.node },
    settings: options,
    images: labels.length,
    ...{ loss, accuracy },
    classes: classScores(assessment, classNames),
    confusion: confusion.toArray(),
  };
  return `${JSON.stringify(numbers, undefined, 2)}\n`;
}
