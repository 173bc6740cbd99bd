import { Command } from 'commander';
import { version } from '../package.json';
import { checkCommand } from './check/command';
import { evaluateCommand } from './evaluate/command';
import { learnFilterCommand } from './learnFilter/command';
import { oneLine } from './oneLine';
import { predictCommand } from './predict/command';
import { summaryCommand } from './summary/command';
import type { Invocation } from './terminal';
import { trainCommand } from './train/command';

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
  const commands = [
    learnFilterCommand,
    trainCommand,
    evaluateCommand,
    predictCommand,
    summaryCommand,
    checkCommand,
  ];
  for (const makeCommand of commands) {
    const command = makeCommand(invocation);
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

/** commander's errors in the form of ours; it puts its suggestions on a line of their own. */
function errorLine(text: string): string {
  return `${oneLine(text).replace(/^error:/, 'gradus:')}\n`;
}
