import { Command, Option } from 'commander';
import type { FloatDType } from 'gradus';
import { engines } from '../engines';
import { exitStatus } from '../failure';
import { number, wholeNumber } from '../optionParsers';
import type { Invocation } from '../terminal';
import { check, type CheckOptions } from './check';

const examples = `
A file exports, under any names, what is to be checked:
  a layer          { layer, input: [28, 28, 1] }
  a gradient       { f, at }, f from tensors to a scalar
  an operation     what defineOp gives
  a convolution    { name, dtype, conv2d, inputGradient, filterGradient }
  an optimizer     { optimizer: () => myOptimizer({ learningRate: 0.1 }) }
  a loss           { loss, yTrue, yPred }
  laws             { laws, of: subject }
  a property       fc.property(generator, (x) => ...)

Examples:
  gradus check my-layer.ts
  gradus check my-layer.ts --only "on simd" --runs 100
  gradus check --command "python3 convolution.py"`;

/** `gradus check`: its options and their help. */
export function checkCommand(invocation: Invocation): Command {
  return new Command('check')
    .description('Check layers, gradients, operations, optimizers and losses of your own.')
    .argument('[file]', 'a .ts, .mjs or .js file that exports what is to be checked')
    .option(
      '--runs <n>',
      'cases to try for each check (default: as many as each is used to)',
      wholeNumber({ least: 1 }),
    )
    .option('--seed <n>', 'of all that is drawn', wholeNumber({ least: 0 }), 0)
    .addOption(
      new Option('--engine <name>', 'where to compute (default: on each)').choices(
        Object.keys(engines),
      ),
    )
    .option('--only <text>', 'only checks that have this in their names')
    .option(
      '--time-limit <seconds>',
      'for one check',
      number({ least: 0, exclusive: true, most: 1e6 }),
      60,
    )
    .option('--json', 'write a list of checks and what came of them', false)
    .option('--command <command>', 'a convolution in another language, in place of a file')
    .addOption(
      new Option('--dtype <name>', 'numbers that it reads and writes')
        .choices(['float64', 'float32'])
        .default('float64'),
    )
    .option('--keep-running', 'start it once, and give it one folder after the other', false)
    .addHelpText('after', examples)
    .action(async (file: string | undefined, given: GivenOptions) => {
      const holds = await check(optionsOf(file, given), invocation.terminal.output);
      if (!holds) invocation.endWith(exitStatus.doesNotHold);
    });
}

interface GivenOptions extends Omit<CheckOptions, 'file' | 'port'> {
  readonly command?: string;
  readonly dtype: FloatDType;
  readonly keepRunning: boolean;
}

function optionsOf(
  file: string | undefined,
  { command, dtype, keepRunning, ...options }: GivenOptions,
): CheckOptions {
  const port = command === undefined ? undefined : { command, dtype, keepRunning };
  return { ...options, file, port };
}
