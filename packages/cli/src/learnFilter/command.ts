import { Command } from 'commander';
import { createDisplay } from '../display/createDisplay';
import { engineOption } from '../engines';
import { exitStatus } from '../failure';
import { Interrupt } from '../interrupt';
import { number, wholeNumber } from '../optionParsers';
import { OutputFolder } from '../outputFolder';
import type { Invocation } from '../terminal';
import { learnFilter } from './learnFilter';
import { resultKind } from './resultKind';
import { largestImage, largestKernel, type Options } from './settings';
import { filterNames } from './target';

const examples = `
Examples:
  gradus learn-filter                                    Sobel x, from generated images
  gradus learn-filter --filter smiley --images photos    a 32x32 face, from your photographs
  gradus learn-filter --filter gabor --kernel-size 21
  gradus learn-filter --noise 0.05 --rescale 0.9         what if the data are not perfect?

The page report.html in the output folder shows everything at a glance.`;

/** `gradus learn-filter`: its options, their defaults and their help. */
export function learnFilterCommand(invocation: Invocation): Command {
  return new Command('learn-filter')
    .description(
      'Train one convolution layer to do to images what a given filter does, and watch its kernel ' +
        'become that filter.',
    )
    .option('--filter <name>', `${filterNames.join(', ')}, or a .png or .npy file`, 'sobel-x')
    .option('--images <dir>', 'folder of PNG and JPEG images (default: generated images)')
    .option('--limit <n>', 'most images to use', wholeNumber({ least: 1 }), 200)
    .option(
      '--size <pixels>',
      'height and width that images are cropped and resized to (default: 64, or twice the kernel)',
      wholeNumber({ least: 2, most: largestImage }),
    )
    .option(
      '--kernel-size <n>',
      "height and width of the kernel (default: the filter's)",
      wholeNumber({ least: 1, most: largestKernel }),
    )
    .option('--epochs <n>', 'times to go through all images', wholeNumber({ least: 1 }), 30)
    .option('--batch-size <n>', 'images in a step', wholeNumber({ least: 1 }), 2)
    .option(
      '--learning-rate <x>',
      'of the first step; it falls to 0 along a cosine (default: 0.6 / kernel size)',
      number({ least: 0, exclusive: true }),
    )
    .option(
      '--validation-split <x>',
      'part of the images kept for validation',
      number({ least: 0, most: 0.99 }),
      0.2,
    )
    .option(
      '--noise <sigma>',
      'standard deviation of noise added to the targets; images go from 0 to 1',
      number({ least: 0 }),
      0,
    )
    .option(
      '--rescale <factor>',
      "resize the layer's images by this factor and back, so that they are not quite the filtered ones",
      number({ least: 0.05, most: 8 }),
      1,
    )
    .option(
      '--seed <n>',
      'the same seed gives the same kernel.npy, byte for byte',
      wholeNumber({ least: 0 }),
      0,
    )
    .addOption(engineOption())
    .option(
      '--out <dir>',
      'where the results go; an earlier result there is replaced',
      'gradus-out',
    )
    .addHelpText('after', examples)
    .action((given: Partial<Options>) => run(given, invocation));
}

async function run(given: Partial<Options>, invocation: Invocation): Promise<void> {
  const options: Options = {
    ...(given as Options),
    images: given.images,
    size: given.size,
    kernelSize: given.kernelSize,
    learningRate: given.learningRate,
  };
  const folder = await OutputFolder.prepare(options.out, resultKind);
  const display = createDisplay(invocation.terminal);
  const tidyUp = (): void => {
    display.close();
    folder.discard();
  };
  try {
    const interrupted = await Interrupt.during(tidyUp, (interrupt) =>
      learnFilter(options, { folder, interrupt, display }),
    );
    if (interrupted) invocation.endWith(exitStatus.interrupted);
  } finally {
    tidyUp();
  }
}
