import { setImmediate as nextTurn } from 'node:timers/promises';
import { Failure } from '../failure';
import type { Interrupt } from '../interrupt';
import type { OutputFolder } from '../outputFolder';
import type { Display } from './display';
import { engines } from './engines';
import { gatherImages } from './images';
import { leastSquaresKernel } from './leastSquares';
import { summaryRows } from './outcome';
import { writeResults } from './results';
import { completeSettings, type Options, type Settings } from './settings';
import { resolveTarget, type Target } from './target';
import { makeTrainingData } from './trainingData';
import { train, trainingCount } from './training';

/** Where a run reports to, and what may stop it. */
export interface Surroundings {
  readonly folder: OutputFolder;
  readonly interrupt: Interrupt;
  readonly display: Display;
}

/** The whole job: images, their filtered versions, training, least squares, files. */
export async function learnFilter(
  options: Options,
  { folder, interrupt, display }: Surroundings,
): Promise<void> {
  const began = performance.now();
  const target = await resolveTarget(options.filter, options.kernelSize);
  const settings = completeSettings(options, Math.max(...target.kernel.shape));
  checkFits(settings, target);
  const engine = engines[settings.engine];

  display.phase('Images');
  const images = await gatherImages(settings, (done, total) => display.progress(done, total));
  for (const { path, reason } of images.skipped) display.warn(`skipped ${path}: ${reason}`);
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

  display.phase('Training');
  const training = await train(
    { data, target: target.kernel, engine, settings },
    {
      onStart(stop) {
        if (interrupt.requested) stop();
        interrupt.onRequest(() => {
          display.warn('finishing this step; press Ctrl-C again to stop at once');
          stop();
        });
      },
      onStep: (step, steps, loss) => display.progress(step, steps, loss),
      onEpoch: (record) => display.epoch(record, settings.epochs, target.kernel),
    },
  );
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
  await folder.publish();
  display.finish(summaryRows(outcome), folder.path, outcome.interrupted);
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
