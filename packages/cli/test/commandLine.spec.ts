import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../src/commandLine';
import { pipes, runCommand, small } from './runCommand';
import { ScratchFolder } from './scratchFolder';
import { SpawnedCommand } from './spawnCommand';

describe('the command line', () => {
  const scratch = new ScratchFolder();

  it('prints its version and its help, whose options are those of the README', async () => {
    const packageFile = readFileSync(join(__dirname, '../package.json'), 'utf8');
    const { version } = JSON.parse(packageFile) as { version: string };
    expect(await runCommand('--version')).to.deep.include({ status: 0, output: `${version}\n` });
    const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
    for (const command of ['learn-filter', 'train', 'evaluate', 'predict', 'summary', 'check']) {
      const help = await runCommand(command, '--help');
      expect([help.status, help.errors], command).to.deep.equal([0, '']);
      const options = Array.from(
        help.output.matchAll(/^ {2}(--\S+(?: <\S+>)?)/gm),
        ([, name]) => name,
      );
      const section = readme.split(`\n## gradus ${command}\n`)[1]!.split('\n## ')[0]!;
      const rows = Array.from(section.matchAll(/^\| `(--\S+(?: <\S+>)?)`/gm), ([, name]) => name);
      expect(rows, command).to.deep.equal(options);
    }
  });

  it('refuses an unknown command with a suggestion', async () => {
    expect(await runCommand('learn-filtre')).to.deep.equal({
      status: 2,
      output: '',
      errors: "gradus: unknown command 'learn-filtre' (Did you mean learn-filter?)\n",
    });
  });

  it('reports its own mistakes as such, with status 1', async () => {
    const terminal = pipes();
    terminal.output.write = () => {
      throw new TypeError('broken');
    };
    const command = ['learn-filter', '--out', scratch.path('deep/out')];
    expect(await runCommandLine(command, terminal)).to.equal(1);
    expect(scratch.names()).to.deep.equal([]);
    expect(terminal.errors.text).to.match(
      /^gradus: this is a mistake in Gradus; please report it .*\nTypeError: broken\n/,
    );
  });
});

describe('the command as a process', function () {
  this.timeout(120_000);
  const scratch = new ScratchFolder();
  const slow = ['learn-filter', '--filter', 'smiley', '--limit', '40', '--epochs', '5000'];

  function start(...settings: string[]): SpawnedCommand {
    return new SpawnedCommand(...settings, '--out', scratch.path('out'));
  }

  function earlierResult(): Readonly<Record<string, string>> {
    scratch.write('out/history.json', '{ "command": "learn-filter" }');
    return scratch.state();
  }

  it('exits with 2 and one line on standard error for bad input', async () => {
    const run = await start('learn-filter', '--filter', 'smily').finished();
    expect(run.status).to.equal(2);
    expect(run.errors).to.match(/^gradus: --filter smily: .*\n$/);
    expect(scratch.names()).to.deep.equal([]);
  });

  it('finishes although nobody reads its lines any more', async () => {
    const command = start('learn-filter', ...small, '--epochs', '40');
    await command.hasSaid('Images');
    command.stopReading();
    expect(await command.finished()).to.deep.include({ status: 0, errors: '' });
    expect(scratch.names()).to.deep.equal(['out']);
  });

  it('writes a complete result marked interrupted at the first Ctrl-C, and exits with 130', async () => {
    const command = start('learn-filter', '--limit', '40', '--size', '32', '--epochs', '100000');
    await command.hasSaid('epoch ');
    command.signal('SIGINT');
    const run = await command.finished();
    expect(run.status).to.equal(130);
    expect(run.errors).to.equal(
      'gradus: finishing this step; press Ctrl-C again to stop at once\n',
    );
    expect(run.output).to.contain('Interrupted: the result is complete up to this step.');
    expect(scratch.names()).to.deep.equal(['out']);
    expect(scratch.names('out')).to.have.length(8);
    const history = scratch.json('out/history.json') as Record<string, unknown>;
    expect(history['interrupted']).to.equal(true);
    expect(history['epoch']).to.have.length.within(1, 99_999);
  });

  it('makes one step if it is interrupted before the training', async () => {
    const command = start('learn-filter', '--limit', '300', '--epochs', '1000');
    await command.hasSaid('Images');
    command.signal('SIGINT');
    expect((await command.finished()).status).to.equal(130);
    const history = scratch.json('out/history.json') as Record<string, unknown>;
    expect([history['interrupted'], history['epoch']]).to.deep.equal([true, [1]]);
  });

  it('stops at once at the second Ctrl-C, and leaves an earlier result as it was', async () => {
    const before = earlierResult();
    const command = start(...slow);
    await command.hasSaid('epoch ');
    command.signal('SIGINT');
    await command.hasSaid('finishing this step');
    // Signals closer together pass for one key press.
    await new Promise((resolve) => setTimeout(resolve, 400));
    command.signal('SIGINT');
    const run = await command.finished();
    expect(run.status).to.equal(130);
    expect(run.output).to.not.contain('Results');
    expect(scratch.state()).to.deep.equal(before);
    expect(scratch.names()).to.deep.equal(['out']);
  });

  it('saves what a training has reached at the first Ctrl-C, to go on with', async () => {
    const command = start('train', '--limit', '200', '--epochs', '100000');
    await command.hasSaid('epoch ');
    command.signal('SIGINT');
    const run = await command.finished();
    expect(run.status).to.equal(130);
    expect(run.errors).to.equal(
      'gradus: finishing this step; press Ctrl-C again to stop at once\n',
    );
    expect(run.output).to.contain(`Go on with: gradus train --resume --out ${scratch.path('out')}`);
    const history = scratch.json('out/history.json') as Record<string, unknown>;
    expect(history).to.include({ interrupted: true, complete: false, test_accuracy: null });
    expect(scratch.names('out')).to.have.length(3);
    expect(scratch.names()).to.deep.equal(['out']);
  });

  it('keeps the last checkpoint of a training that is terminated', async () => {
    const command = start('train', '--limit', '200', '--epochs', '100000');
    await command.hasSaid('epoch ');
    command.signal('SIGTERM');
    expect((await command.finished()).status).to.equal(143);
    expect(scratch.names()).to.deep.equal(['out']);
    expect(scratch.names('out')).to.deep.equal(['history.json', 'model.safetensors']);
  });

  it('stops at once when it is terminated, and tidies up', async () => {
    const before = earlierResult();
    const command = start(...slow);
    await command.hasSaid('Training');
    command.signal('SIGTERM');
    expect((await command.finished()).status).to.equal(143);
    expect(scratch.state()).to.deep.equal(before);
    expect(scratch.names()).to.deep.equal(['out']);
  });
});
