import { io, viz, type Tensor } from 'gradus';
import { version } from '../../package.json';
import type { OutputFolder } from '../outputFolder';
import { atEvenDistances } from './atEvenDistances';
import { comparisonPicture } from './comparison';
import { symmetricRange } from './kernelRange';
import type { Outcome } from './outcome';
import { reportPage } from './report';
import { commandName, resultKind } from './resultKind';
import type { EpochRecord } from './training';

/** A film of more frames takes no longer, so it leaves some out. */
const mostFrames = 150;
/** Milliseconds that the whole film of the kernel takes, about, and that its end stays. */
const filmLength = 6000;
const lastFrame = 2000;

/** Writes all files of a run. */
export async function writeResults(folder: OutputFolder, outcome: Outcome): Promise<void> {
  const { target, training } = outcome;
  const range = symmetricRange(target.kernel);
  const kernels = [{ epoch: 0, kernel: training.initialKernel }, ...training.records];
  const picture = ({ epoch, kernel }: KernelOfEpoch): Tensor<'uint8'> =>
    viz.kernelPicture(kernel, { range, caption: `${target.name}, epoch ${epoch}` });
  for (const one of kernels) {
    const { epoch, kernel } = one;
    const name = `kernels/epoch-${String(epoch).padStart(3, '0')}`;
    await folder.write(`${name}.png`, viz.encodePng(picture(one)));
    await folder.write(`${name}.npy`, io.encodeNpy(kernel));
  }
  const frames = atEvenDistances(kernels, mostFrames).map(picture);
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
  await folder.write(resultKind.marker, `${JSON.stringify(historyOf(outcome), undefined, 2)}\n`);
}

type KernelOfEpoch = Pick<EpochRecord, 'epoch' | 'kernel'>;

function historyOf(outcome: Outcome): object {
  const { settings, leastSquares, seconds, interrupted, images, target } = outcome;
  const { records } = outcome.training;
  const column = (name: 'loss' | 'validationLoss' | 'kernelError' | 'similarity'): unknown[] =>
    records.map((record) => (Number.isFinite(record[name]) ? record[name] : null));
  return {
    command: commandName,
    versions: { gradus: version, node: process.versions.node },
    seed: settings.seed,
    settings: {
      ...settings,
      images: settings.images ?? null,
      kernelSize: settings.kernelSize ?? null,
      // Where the result lies does not decide what it is.
      out: undefined,
    },
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
