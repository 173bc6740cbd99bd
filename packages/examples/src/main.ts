import { Argument, Command } from 'commander';
import { programs } from './programs';

const names = Object.keys(programs);
const list = names.map((name) => `  ${name.padEnd(24)}${programs[name]!.summary}`).join('\n');

const command = new Command('npm run example --')
  .description('Runs one of the example programs; their sources are packages/examples/src.')
  .addArgument(new Argument('<name>', 'which one').choices(names))
  .option('--out <dir>', 'where its pictures go (default: gradus-out/NAME)')
  .option('--quick', 'with small images and few steps', false)
  .addHelpText('after', `\nPrograms:\n${list}`)
  .action(async (name: string, options: { out?: string; quick: boolean }) => {
    const { out = `gradus-out/${name}`, quick } = options;
    await programs[name]!.run({ out, quick, print: (text) => void console.log(text) });
  });
void command.parseAsync();
