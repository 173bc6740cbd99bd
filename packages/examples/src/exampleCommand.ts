import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '@gradus/io/node';
import { Command } from 'commander';
import type { Program, ProgramOptions } from './program';
import { programs } from './programs';

/** Where texts go. */
export interface Console {
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/** The options that every program's subcommand has. */
interface CommonOptions {
  readonly out: string;
  readonly quick: boolean;
}

/** The command that runs the programs, with a subcommand for each; it throws instead of exiting. */
export function exampleCommand(console: Console): Command {
  const command = new Command('npm run example --')
    .description('Runs one of the example programs; their sources are packages/examples/src.')
    .usage('NAME [options]')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.print(text.trimEnd()),
      writeErr: (text) => console.printError(text.trimEnd()),
      outputError: (text, write) => write(text.trim().replace(/\s*\n\s*/g, ' ')),
    });
  for (const [name, program] of Object.entries(programs)) {
    command.addCommand(subcommand(name, program, console).copyInheritedSettings(command));
  }
  return command;
}

function subcommand(name: string, program: Program, { print }: Console): Command {
  const command = new Command(name)
    .description(program.summary)
    .option('--out <dir>', 'where its pictures go', `gradus-examples/${name}`)
    .option('--quick', 'with small images and few steps', false);
  for (const option of program.options ?? []) command.addOption(option);
  return command.action(async ({ out, ...options }: CommonOptions) => {
    await makeFolder(out);
    await program.run({ ...options, print, write: writerTo(out) });
    print(`Pictures: ${out}`);
  });
}

/** Writes files into a folder, making the folders in their names. */
function writerTo(out: string): ProgramOptions['write'] {
  return async (name, content) => {
    const file = join(out, name);
    await makeFolder(dirname(file));
    await writeFile(file, content);
  };
}
