import { Command, Option } from 'commander';
import { dataNames } from '../classification/imageData';
import { createDisplay } from '../display/createDisplay';
import { engines } from '../engines';
import { exitStatus } from '../failure';
import { Interrupt } from '../interrupt';
import { number, wholeNumber } from '../optionParsers';
import { OutputFolder } from '../outputFolder';
import type { Invocation } from '../terminal';
import { threadsOption } from '../threads';
import { optimizers } from './optimizers';
import { resultKind } from './resultKind';
import { schedules } from './schedules';
import type { GivenSettings } from './settings';
import { train } from './train';

const examples = `
What is not given is as suits the model.

Examples:
  gradus train                                        a small network, on generated digits
  gradus train --data mnist --from FOLDER
  gradus train --data fashion-mnist --model small-cnn --out fashion
  gradus train --data PHOTOS --model mobilenet-v1     a folder with a folder for each class
  gradus train --resume --out fashion                 goes on where Ctrl-C stopped it

The page report.html in the output folder shows everything at a glance.`;

/** Height and width of the largest images. */
const largestImage = 4096;

/** `gradus train`: its options and their help; the defaults depend on the model. */
export function trainCommand(invocation: Invocation): Command {
  return new Command('train')
    .description(
      'Train a network to tell images apart, and test it on images that it has not seen.',
    )
    .option(
      '--data <name>',
      `${dataNames.join(', ')}, or a folder with a folder of images for each class (default: digits)`,
    )
    .option('--from <dir>', 'folder with the files of the data set (default: they are downloaded)')
    .option(
      '--model <name>',
      'a network by name, see gradus summary, or a file (default: mnist-cnn)',
    )
    .option('--epochs <n>', 'times to go through all images', wholeNumber({ least: 1 }))
    .option('--batch-size <n>', 'images in a step', wholeNumber({ least: 1 }))
    .option(
      '--learning-rate <x>',
      'of the first step, or the largest',
      number({ least: 0, exclusive: true }),
    )
    .addOption(
      new Option('--schedule <name>', 'how the learning rate changes over all steps').choices(
        Object.keys(schedules),
      ),
    )
    .addOption(
      new Option('--optimizer <name>', 'how steps are made').choices(Object.keys(optimizers)),
    )
    .option(
      '--validation-split <x>',
      'part of the images to train with that is kept to validate with (default: 0)',
      number({ least: 0, most: 0.99 }),
    )
    .option('--limit <n>', 'most images to train with, and to test with', wholeNumber({ least: 1 }))
    .option(
      '--size <pixels>',
      'height and width that images of a folder are brought to (default: as the model is made for)',
      wholeNumber({ least: 1, most: largestImage }),
    )
    .option(
      '--seed <n>',
      'the same seed gives the same weights, bit for bit (default: 0)',
      wholeNumber({ least: 0 }),
    )
    .addOption(
      new Option('--engine <name>', 'what computes (default: simd)').choices(Object.keys(engines)),
    )
    .addOption(threadsOption())
    .option('--resume', 'go on with the training in the output folder where it stopped')
    .option(
      '--out <dir>',
      'where the results go; an earlier training there is replaced',
      'gradus-train',
    )
    .addHelpText('after', examples)
    .action((given: GivenOptions) => run(given, invocation));
}

type GivenOptions = GivenSettings & { readonly resume?: boolean; readonly out: string };

async function run(
  { resume = false, out, ...given }: GivenOptions,
  invocation: Invocation,
): Promise<void> {
  const folder = await OutputFolder.prepare(out, resultKind);
  const display = createDisplay(invocation.terminal);
  const tidyUp = (): void => {
    display.close();
    folder.discard();
  };
  try {
    const interrupted = await Interrupt.during(tidyUp, (interrupt) =>
      train(given, resume, { folder, interrupt, display }),
    );
    if (interrupted) invocation.endWith(exitStatus.interrupted);
  } finally {
    tidyUp();
  }
}
