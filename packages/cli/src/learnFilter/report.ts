import { viz, type Tensor } from 'gradus';
import { version } from '../../package.json';
import { brief } from '../brief';
import { symmetricRange } from './kernelRange';
import { describeSkipped } from './images';
import { summaryRows, type Outcome } from './outcome';

/** Pictures that the page shows, as files. */
export interface ReportPictures {
  readonly film: Uint8Array;
  readonly comparison: Uint8Array;
  /** SVG. */
  readonly lossChart: string;
}

/** Kernels up to this size are shown as numbers; larger ones would fill pages. */
const mostNumbers = 15;

/** One self-contained page that shows everything a run has found out. */
export function reportPage(outcome: Outcome, pictures: ReportPictures): string {
  const { target, interrupted, settings } = outcome;
  return viz.htmlPage({
    title: `Learning the ${target.name} filter`,
    introduction:
      (interrupted
        ? 'Interrupted: the result is complete up to the step it was stopped at. '
        : '') + introductionOf(outcome),
    sections: [
      {
        heading: 'The kernel, epoch by epoch',
        content: [
          viz.figure({
            src: viz.dataUri(pictures.film, 'image/gif'),
            alt: `The kernel converging to ${target.name}`,
            caption: 'Red is positive, blue negative; the scale is that of the target throughout.',
          }),
        ],
      },
      { heading: 'How well', content: [viz.htmlTable(summaryRows(outcome))] },
      { heading: 'Kernel, target, least squares', content: kernels(outcome) },
      {
        heading:
          settings.validationSplit > 0
            ? 'On images that were not trained on'
            : 'On images that were trained on',
        content: [
          viz.figure({
            src: viz.dataUri(pictures.comparison, 'image/png'),
            alt: 'Original, grey, filtered, predicted and difference of some images',
            caption:
              'Grey is 0 in the filtered pictures and in the difference, which share one scale.',
          }),
        ],
      },
      {
        heading: 'Loss',
        content: [
          viz.figure({
            src: viz.dataUri(pictures.lossChart, 'image/svg+xml'),
            alt: 'Loss, validation loss and kernel error of each epoch',
          }),
        ],
      },
      { heading: 'Why it takes so long', content: conditioning(outcome) },
      { heading: 'Settings', content: settingsTable(outcome) },
    ],
  });
}

function introductionOf({ target, images, settings, data }: Outcome): string {
  const [height, width] = target.kernel.shape;
  const [count, size] = data.x.shape;
  const disturbed = [
    settings.noise > 0 ? `noise of ${settings.noise} was added to the targets` : '',
    settings.rescale === 1
      ? ''
      : `the layer saw the images rescaled by ${settings.rescale} and back`,
  ].filter((text) => text !== '');
  return (
    `A convolution layer of one ${height}x${width} kernel was shown ${count} images ` +
    `(${images.source}, ${size}x${size} pixels) and their filtered versions.` +
    (disturbed.length > 0 ? ` To disturb it, ${disturbed.join(', and ')}.` : '')
  );
}

function kernels({ target, training, leastSquares }: Outcome): viz.Content[] {
  const range = symmetricRange(target.kernel);
  const shown: readonly (readonly [string, Tensor])[] = [
    ['target', target.kernel],
    ['trained', training.records.at(-1)!.kernel],
    ['least squares', leastSquares.kernel],
  ];
  const [height, width] = target.kernel.shape as [number, number];
  const pictures = shown.map(([caption, kernel]) =>
    viz.figure({
      src: viz.dataUri(
        viz.encodePng(viz.kernelPicture(kernel, { range, numbers: false })),
        'image/png',
      ),
      alt: `The ${caption} kernel`,
      caption,
    }),
  );
  if (Math.max(height, width) > mostNumbers) return [viz.sideBySide(...pictures)];
  const numbers = shown.map(([caption, kernel]) => viz.numbersTable(kernel, { range, caption }));
  return [viz.sideBySide(...pictures), viz.sideBySide(...numbers)];
}

function conditioning({ leastSquares }: Outcome): viz.Content[] {
  const { conditionNumber, iterations, relativeResidual, images } = leastSquares;
  return [
    'The loss is a quadratic function of the kernel, so its lowest point can also be found directly: ' +
      'by conjugate gradients on the normal equations, with the same convolution and its adjoint. ' +
      `From ${images} images this took ${iterations} iterations, to a residual of ` +
      `${brief(relativeResidual)} of the first.`,
    `The condition number of the normal equations is at least ${brief(conditionNumber)}. ` +
      'Neighbouring pixels of natural images are alike: their power falls with the square of the ' +
      'frequency, so what a kernel does at high frequencies hardly shows in the loss. Plain gradient ' +
      'descent needs about half as many steps as the condition number for each factor of e by which ' +
      'the slowest part of the error is to shrink; conjugate gradients about the square root of that ' +
      'many.',
  ];
}

function settingsTable({ settings, images, target }: Outcome): viz.Content[] {
  const rows: (string | number)[][] = [
    ['setting', 'value'],
    ...Object.entries({
      ...settings,
      images: images.source,
      kernelSize: target.kernel.shape.join('x'),
      gradus: version,
    }).map(([name, value]) => [name, String(value)]),
  ];
  const skipped = images.skipped.map((file) => `Skipped ${describeSkipped(file)}`);
  return [viz.htmlTable(rows), ...skipped];
}
