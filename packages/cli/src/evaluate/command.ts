import { Command, Option } from 'commander';
import { dataNames } from '../classification/imageData';
import { createDisplay } from '../display/createDisplay';
import { engineOption, type EngineName } from '../engines';
import { exitStatus } from '../failure';
import { Interrupt } from '../interrupt';
import { wholeNumber } from '../optionParsers';
import { OutputFolder } from '../outputFolder';
import type { Invocation } from '../terminal';
import { threadsOption } from '../threads';
import { evaluate, parts, type EvaluateOptions } from './evaluate';
import { resultKind } from './resultKind';

const examples = `
Examples:
  gradus evaluate --weights gradus-train --data digits
  gradus evaluate --weights fashion --data fashion-mnist --part train
  gradus evaluate --weights photos --data FOLDER --part all --out judged`;

/** `gradus evaluate`: its options and their help. */
export function evaluateCommand(invocation: Invocation): Command {
  return new Command('evaluate')
    .description('Measure how well a trained network tells images apart, class by class.')
    .requiredOption('--weights <dir>', 'folder of a training, or a file of weights')
    .requiredOption(
      '--data <name>',
      `${dataNames.join(', ')}, or a folder with a folder of images for each class`,
    )
    .option('--from <dir>', 'folder with the files of the data set (default: they are downloaded)')
    .addOption(
      new Option(
        '--part <name>',
        'which of the images: those that train leaves to test with, or others',
      )
        .choices(parts)
        .default('test'),
    )
    .option('--limit <n>', 'most images to take', wholeNumber({ least: 1 }))
    .option(
      '--model <file>',
      'the module that the network was made by, if it has layers of its own',
    )
    .addOption(engineOption())
    .addOption(threadsOption())
    .option('--out <dir>', 'where a report goes (default: none is written)')
    .addHelpText('after', examples)
    .action((given: GivenOptions) => run(given, invocation));
}

type GivenOptions = Omit<EvaluateOptions, 'threads' | 'engine'> & {
  readonly engine: EngineName;
  readonly threads?: number;
  readonly out?: string;
};

async function run(
  { out, threads = 1, ...given }: GivenOptions,
  invocation: Invocation,
): Promise<void> {
  const folder = out === undefined ? undefined : await OutputFolder.prepare(out, resultKind);
  const display = createDisplay(invocation.terminal);
  const tidyUp = (): void => {
    display.close();
    folder?.discard();
  };
  try {
    const text = await Interrupt.during(tidyUp, (interrupt) =>
      evaluate({ threads, ...given }, { folder, interrupt, display }),
    );
    display.close();
    if (text === undefined) invocation.endWith(exitStatus.interrupted);
    else invocation.terminal.output.write(text);
  } finally {
    tidyUp();
  }
}
