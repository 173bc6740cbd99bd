import { io, viz, type Tensor } from 'gradus';
import { version } from '../../package.json';
import type { OutputFolder } from '../outputFolder';
import { comparisonPicture } from './comparison';
import { symmetricRange } from './display';
import type { Outcome } from './outcome';
import { reportPage } from './report';
import type { EpochRecord } from './training';

/** The file by which one knows a folder of results. */
export const resultMarker = 'history.json';

/** Milliseconds that the whole film of the kernel takes, about, and that its end stays. */
const filmLength = 6000;
const lastFrame = 2000;

/** Writes all files of a run. */
export async function writeResults(folder: OutputFolder, outcome: Outcome): Promise<void> {
  const { target, training } = outcome;
  const range = symmetricRange(target.kernel);
  const kernels = [{ epoch: 0, kernel: training.initialKernel }, ...training.records];
  const frames = kernels.map(({ epoch, kernel }) =>
    viz.kernelPicture(kernel, { range, caption: `${target.name}, epoch ${epoch}` }),
  );
  for (const [i, { epoch, kernel }] of kernels.entries()) {
    const name = `kernels/epoch-${String(epoch).padStart(3, '0')}`;
    await folder.write(`${name}.png`, viz.encodePng(frames[i]!));
    await folder.write(`${name}.npy`, io.encodeNpy(kernel));
  }
  const delay = Math.min(Math.max(Math.round(filmLength / frames.length), 40), 400);
  const film = viz.encodeGif(frames, { delay, lastDelay: lastFrame });
  const comparison = viz.encodePng(comparisonPicture(outcome));
  const lossChart = chartOfLosses(outcome);
  await folder.write('kernel.npy', io.encodeNpy(training.records.at(-1)!.kernel));
  await folder.write('target.npy', io.encodeNpy(target.kernel));
  await folder.write('kernel.gif', film);
  await folder.write('comparison.png', comparison);
  await folder.write('loss.svg', lossChart);
  await folder.write('report.html', reportPage(outcome, { film, comparison, lossChart }));
  await folder.write(resultMarker, `${JSON.stringify(historyOf(outcome), undefined, 2)}\n`);
}

function historyOf(outcome: Outcome): object {
  const { settings, leastSquares, seconds, interrupted, images, target } = outcome;
  const { records } = outcome.training;
  const column = (name: 'loss' | 'validationLoss' | 'kernelError' | 'similarity'): unknown[] =>
    records.map((record) => (Number.isFinite(record[name]) ? record[name] : null));
  return {
    command: 'learn-filter',
    versions: { gradus: version, node: process.versions.node },
    seed: settings.seed,
    // Where the result lies does not decide what it is.
    settings: { ...settings, out: undefined },
    target: { name: target.name, shape: target.kernel.shape },
    images: { source: images.source, count: images.originals.length, skipped: images.skipped },
    interrupted,
    seconds,
    epoch: records.map(({ epoch }) => epoch),
    loss: column('loss'),
    val_loss: column('validationLoss'),
    kernel_error: column('kernelError'),
    similarity: column('similarity'),
    leastSquares: { ...leastSquares, kernel: numbersOf(leastSquares.kernel) },
  };
}

function numbersOf(kernel: Tensor): unknown {
  return kernel.toArray();
}

function chartOfLosses({ training: { records }, target }: Outcome): string {
  const points = (value: (record: EpochRecord) => number): [number, number][] =>
    records.map((record) => [record.epoch, value(record)]);
  const validated = records.some(({ validationLoss }) => !Number.isNaN(validationLoss));
  return viz.lineChart({
    title: `Learning ${target.name}`,
    xLabel: 'epoch',
    yLabel: 'mean squared error, kernel error',
    logY: true,
    series: [
      { name: 'loss', points: points(({ loss }) => loss) },
      ...(validated
        ? [{ name: 'validation loss', points: points(({ validationLoss }) => validationLoss) }]
        : []),
      { name: 'kernel error', points: points(({ kernelError }) => kernelError), dashed: true },
    ],
  });
}
