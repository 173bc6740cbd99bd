import { Command } from 'commander';
import { version } from '../package.json';
import { learnFilterCommand } from './learnFilter/command';
import { oneLine } from './oneLine';
import type { Invocation } from './terminal';

/** The `gradus` command with its subcommands. */
export function gradusProgram(invocation: Invocation): Command {
  const { output, errors } = invocation.terminal;
  const program = new Command('gradus')
    .description('Tensors, automatic differentiation and convolutional networks in TypeScript.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
      getOutHelpWidth: () => output.columns || 80,
      getErrHelpWidth: () => errors.columns || 80,
      outputError: (text, write) => write(errorLine(text)),
    })
    .showSuggestionAfterError();
  for (const command of [learnFilterCommand(invocation)]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

/** commander's errors in the form of ours; it puts its suggestions on a line of their own. */
function errorLine(text: string): string {
  return `${oneLine(text).replace(/^error:/, 'gradus:')}\n`;
}
