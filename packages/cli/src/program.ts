import { Command } from 'commander';
import { version } from '../package.json';
import { learnFilterCommand } from './learnFilter/command';

/** The `gradus` command with its subcommands. An action returns by setting the exit status. */
export function gradusProgram(): Command {
  return new Command('gradus')
    .description('Tensors, automatic differentiation and convolutional networks in TypeScript.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .showSuggestionAfterError()
    .addCommand(learnFilterCommand());
}

/** commander puts its suggestions on a line of their own. */
function oneLine(text: string): string {
  return `${text.trim().replace(/\s*\n\s*/g, ' ')}\n`;
}
