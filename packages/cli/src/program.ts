import { Command } from 'commander';
import { version } from '../package.json';
import { learnFilterCommand } from './learnFilter/command';

/** The `gradus` command with its subcommands. An action returns by setting the exit status. */
export function gradusProgram(): Command {
  const program = new Command('gradus')
    .description('Tensors, automatic differentiation and convolutional networks in TypeScript.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(errorLine(text)) })
    .showSuggestionAfterError();
  for (const command of [learnFilterCommand()]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

/** commander's errors in the form of ours; it puts its suggestions on a line of their own. */
function errorLine(text: string): string {
  return `${text
    .trim()
    .replace(/^error:/, 'gradus:')
    .replace(/\s*\n\s*/g, ' ')}\n`;
}
