import { Command, InvalidArgumentError } from 'commander';
import { models, summaryOf, summaryText } from 'gradus';
import { resolveModel } from '../classification/resolveModel';
import { wholeNumber } from '../optionParsers';
import type { Invocation } from '../terminal';

const examples = `
Models: ${models.modelNames.join(', ')}.

Examples:
  gradus summary resnet-50
  gradus summary mobilenet-v1 --input-shape 32x32x3 --classes 10
  gradus summary gradus-train/model.safetensors`;

/** `gradus summary`: its options and their help. */
export function summaryCommand(invocation: Invocation): Command {
  return new Command('summary')
    .description(
      'Show the layers of a network: what they give, how many weights they have, what they cost.',
    )
    .argument('<model>', 'a network by name, or a .json, .safetensors or .mjs file')
    .option(
      '--input-shape <shape>',
      'of one image, such as 224x224x3 (default: as in its paper)',
      inputShape,
    )
    .option(
      '--classes <n>',
      'classes to tell apart (default: as in its paper)',
      wholeNumber({ least: 1 }),
    )
    .option('--nested', 'also show the layers within blocks')
    .addHelpText('after', examples)
    .action(async (name: string, { nested = false, ...shape }: GivenOptions) => {
      const source = await resolveModel(name, '');
      const summary = summaryOf(await source.describe(shape), { expandNested: nested });
      invocation.terminal.output.write(`${summaryText(summary)}\n`);
    });
}

interface GivenOptions {
  readonly inputShape?: readonly number[];
  readonly classes?: number;
  readonly nested?: boolean;
}

/** Reads 224x224x3. */
function inputShape(text: string): readonly number[] {
  const sizes = text.split('x').map(Number);
  const isShape = /^\d+(x\d+)*$/.test(text) && sizes.every((size) => size >= 1 && size <= 2 ** 20);
  if (isShape) return sizes;
  throw new InvalidArgumentError('Expected height, width and channels, such as 224x224x3.');
}
