import { Command } from 'commander';
import { createDisplay } from '../display/createDisplay';
import { engineOption, type EngineName } from '../engines';
import { wholeNumber } from '../optionParsers';
import type { Invocation } from '../terminal';
import { predict } from './predict';

const examples = `
Examples:
  gradus predict --weights gradus-train --data digit.png
  gradus predict --weights gradus-train --data scans --invert     dark ink on light paper
  gradus predict --weights photos --data holidays --top 1 --json`;

/** `gradus predict`: its options and their help. */
export function predictCommand(invocation: Invocation): Command {
  return new Command('predict')
    .description('Say what images show, by a network that gradus train has trained.')
    .requiredOption('--weights <dir>', 'folder of a training, or a file of weights')
    .requiredOption('--data <paths...>', 'PNG and JPEG images, or folders of them')
    .option(
      '--top <n>',
      'how many classes to name, the likeliest first',
      wholeNumber({ least: 1 }),
      3,
    )
    .option(
      '--invert',
      'exchange dark and light: for ink on paper, if the network learned light on dark',
    )
    .option('--json', 'write the classes and their probabilities as JSON')
    .option(
      '--model <file>',
      'the module that the network was made by, if it has layers of its own',
    )
    .addOption(engineOption())
    .addHelpText('after', examples)
    .action(async ({ data: paths, ...options }: GivenOptions) => {
      const display = createDisplay({ ...invocation.terminal, output: invocation.terminal.errors });
      try {
        const text = await predict({ paths, ...options }, display);
        display.close();
        invocation.terminal.output.write(text);
      } finally {
        display.close();
      }
    });
}

interface GivenOptions {
  readonly weights: string;
  readonly data: readonly string[];
  readonly top: number;
  readonly invert?: boolean;
  readonly json?: boolean;
  readonly model?: string;
  readonly engine: EngineName;
}
