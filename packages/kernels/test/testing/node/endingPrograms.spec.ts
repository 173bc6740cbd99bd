import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Script } from 'node:vm';
import type { Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { commandConvolution } from '../../../testing/node';
import { removeLeftovers } from '../../../testing/node/leftovers';
import { filter, inOwnTemporaryFolder, leftover, program, settings, write, x } from './programs';

/** Whether a process is; one that is dead, but whose end nobody has asked for, is not. */
function isAlive(id: string): boolean {
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A signal is sent; it takes a moment to arrive. */
async function hasEnded(id: string): Promise<void> {
  for (let waited = 0; waited < 100 && isAlive(id); waited++) await setTimeout(50);
  expect(isAlive(id)).to.equal(false);
}

describe('A program that is asked', function () {
  this.timeout(60_000);
  inOwnTemporaryFolder();

  it('is started again after it was killed', () => {
    // It hangs in its first life, which leaves a mark.
    const mark = join(tmpdir(), 'life');
    const code =
      '$| = 1; while (my $folder = <STDIN>) { chomp $folder; ' +
      'if (! -e $ARGV[0]) { open my $mark, ">", $ARGV[0]; close $mark; sleep 99 } ' +
      `${write('pack "d<*", 1 .. 4')} print "done\\n" }`;
    const found = commandConvolution({
      command: ['perl', '-e', code, mark],
      dtype: 'float64',
      keepRunning: true,
      timeoutSeconds: 1,
    });
    try {
      expect(() => found.conv2d(x, filter, settings)).to.throw('it did not answer within 1 s');
      expect([...found.conv2d(x, filter, settings).toTypedArray()]).to.deep.equal([1, 2, 3, 4]);
    } finally {
      found.end();
    }
  });

  it('takes with it what it has started', async function () {
    if (!existsSync('/proc/self')) this.skip();
    const mark = join(tmpdir(), 'child');
    const code =
      'my $child = fork; sleep 99 if !$child; ' +
      `open my $file, '>', '${mark}'; print $file $child; close $file; sleep 99`;
    const command = program(code);
    const found = commandConvolution({ command, dtype: 'float64', timeoutSeconds: 1 });
    try {
      expect(() => found.conv2d(x, filter, settings)).to.throw('were killed.');
      const child = readFileSync(mark, 'utf8');
      await hasEnded(child);
    } finally {
      found.end();
    }
  });

  it('leaves no folder behind where waiting for it is broken off', () => {
    const found = commandConvolution({ command: program('sleep 99'), dtype: 'float64' });
    const run = (): Tensor => found.conv2d(x, filter, settings);
    const waiting = new Script('run()');
    const wait = (): unknown => waiting.runInNewContext({ run }, { timeout: 100 });
    expect(wait).to.throw('timed out');
    expect(leftover()).to.have.length(1);
    // Which happens when this process ends.
    expect(process.listeners('exit')).to.include(removeLeftovers);
    removeLeftovers();
    expect(leftover()).to.deep.equal([]);
  });

  for (const keepRunning of [false, true]) {
    const which = keepRunning ? 'one that keeps running' : 'one of a single question';

    it(`does not outlive Ctrl-C, nor does its folder: ${which}`, async function () {
      if (!existsSync('/proc/self')) this.skip();
      const mark = join(tmpdir(), `pressed ${keepRunning}`);
      const code = `open my $file, '>', '${mark}'; print $file $$; close $file; kill INT => getppid;`;
      const command = program(`${code} sleep 99`);
      const found = commandConvolution({ command, dtype: 'float64', keepRunning });
      // Those of mocha would end all tests.
      const others = process.rawListeners('SIGINT') as (() => void)[];
      process.removeAllListeners('SIGINT');
      const pressed = once(process, 'SIGINT');
      try {
        expect(() => found.conv2d(x, filter, settings)).to.throw('interrupted');
        await pressed;
      } finally {
        others.forEach((listener) => process.on('SIGINT', listener));
      }
      expect(leftover()).to.deep.equal([]);
      await hasEnded(readFileSync(mark, 'utf8'));
    });
  }

  it('finds its input at an end, unless it keeps running', () => {
    const command = program('my @lines = <STDIN>; exit 4 + @lines');
    const found = commandConvolution({ command, dtype: 'float64' });
    expect(() => found.conv2d(x, filter, settings)).to.throw('it ended with exit code 4.');
    found.end();
  });

  it('is started again after it ended', () => {
    const found = commandConvolution({ command: program(''), dtype: 'float64', keepRunning: true });
    for (let time = 0; time < 2; time++) {
      expect(() => found.conv2d(x, filter, settings)).to.throw('it ended instead of answering');
    }
    found.end();
  });
});
