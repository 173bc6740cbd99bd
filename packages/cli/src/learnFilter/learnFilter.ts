import { setImmediate as nextTurn } from 'node:timers/promises';
import { brief } from '../brief';
import type { Display } from '../display/display';
import { engines } from '../engines';
import { Failure } from '../failure';
import type { Interrupt } from '../interrupt';
import type { OutputFolder } from '../outputFolder';
import { describeSkipped, gatherImages, type Images } from './images';
import { leastSquaresKernel } from './leastSquares';
import { summaryRows } from './outcome';
import { writeResults } from './results';
import { completeSettings, type Options, type Settings } from './settings';
import { showEpoch } from './showEpoch';
import { resolveTarget, type Target } from './target';
import { makeTrainingData, type TrainingData } from './trainingData';
import { train, trainingCount, type Training } from './training';

/** Where a run reports to, and what may stop it. */
export interface Surroundings {
  readonly folder: OutputFolder;
  readonly interrupt: Interrupt;
  readonly display: Display;
}

/**
 * The whole job: images, their filtered versions, training, least squares, files.
 * @returns whether it was interrupted; the result is complete all the same.
 */
export async function learnFilter(
  options: Options,
  { folder, interrupt, display }: Surroundings,
): Promise<boolean> {
  const began = performance.now();
  interrupt.onRequest(() => {
    display.warn('finishing this step; press Ctrl-C again to stop at once');
  });
  const target = await resolveTarget(options.filter, options.kernelSize);
  const settings = completeSettings(options, Math.max(...target.kernel.shape));
  checkFits(settings, target);
  const engine = engines[settings.engine];

  display.phase('Images');
  const images = await gatherImages(settings, (done, total) => display.progress(done, total));
  warnOfSkipped(images, display);
  checkSplit(settings, images.originals.length);
  display.phase('Filtered versions');
  const data = await makeTrainingData(
    images.grey,
    { kernel: target.kernel, engine, settings },
    async (done, total) => {
      display.progress(done, total);
      await nextTurn();
    },
  );

  checkContrast(data);

  display.phase('Training');
  const training = await train(
    { data, target: target.kernel, engine, settings },
    {
      onStep(step, steps, loss) {
        display.progress(step, steps, `loss ${brief(loss)}`);
        return !interrupt.requested;
      },
      onEpoch: (record) =>
        showEpoch(display, record, { epochs: settings.epochs, target: target.kernel }),
    },
  );
  warnIfDiverged(training, data, display);
  const seconds = (performance.now() - began) / 1000;
  display.phase('Least squares');
  const leastSquares = await leastSquaresKernel(data, {
    shape: target.kernel.shape,
    images: trainingCount(images.originals.length, settings.validationSplit),
    engine,
    onIteration: async (done, total) => {
      display.progress(done, total);
      await nextTurn();
    },
  });
  display.phase('Pictures');
  const outcome = {
    settings,
    target,
    images,
    data,
    training,
    leastSquares,
    seconds,
    interrupted: interrupt.requested,
  };
  await writeResults(folder, outcome);
  folder.publish();
  const { interrupted } = outcome;
  display.finish({ summary: summaryRows(outcome), folder: folder.path, interrupted });
  return interrupted;
}

/** So many are named one by one; the report names all. */
const mostNamed = 10;

function warnOfSkipped({ skipped, originals }: Images, display: Display): void {
  if (skipped.length === 0) return;
  for (const file of skipped.slice(0, mostNamed)) display.warn(`skipped ${describeSkipped(file)}`);
  const files = skipped.length + originals.length;
  display.warn(`${skipped.length} of ${files} images could not be read`);
}

function checkFits({ size }: Settings, { name, kernel }: Target): void {
  const [height, width] = kernel.shape as [number, number];
  if (height <= size && width <= size) return;
  throw new Failure(
    `the ${name} kernel is ${height}x${width}, larger than the images of ${size}x${size} pixels. ` +
      `Use --size ${2 * Math.max(height, width)}, or a smaller --kernel-size.`,
  );
}

function checkSplit({ validationSplit }: Settings, images: number): void {
  if (validationSplit === 0) return;
  const training = trainingCount(images, validationSplit);
  if (training > 0 && training < images) return;
  throw new Failure(
    `--validation-split ${validationSplit} of ${images} image${images === 1 ? '' : 's'} leaves ` +
      `${training === 0 ? 'none to train on' : 'none to validate on'}. ` +
      'Use more images, or --validation-split 0.',
  );
}

/** Images of one brightness are nothing but zeros once they are centred. */
function checkContrast({ x }: TrainingData): void {
  if (x.toTypedArray().some((value: number) => Math.abs(value) > leastContrast)) return;
  throw new Failure(
    'there is nothing to learn from: every image that the layer sees is of one brightness. ' +
      'Use other --images, or a --rescale closer to 1.',
  );
}

/** Brightness differences below this are rounding errors. */
const leastContrast = 1e-5;

/** A training that ends worse than it began is worth a word; its result shows what happened. */
function warnIfDiverged({ records }: Training, { y }: TrainingData, display: Display): void {
  const squares = Float64Array.from(y.toTypedArray(), (value) => value * value);
  const untrained = squares.reduce((total, value) => total + value, 0) / y.size;
  const { loss } = records.at(-1)!;
  if (loss <= 2 * untrained) return;
  display.warn(
    `the training diverged: its loss, ${brief(loss)}, is above the ${brief(untrained)} of a ` +
      'kernel of zeros. Try a smaller --learning-rate.',
  );
}
