import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { tensor, type Tensor } from '@gradus/tensor';
import { checkLaws, expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { reference } from '../../../src/reference';
import { convolutionLaws, convolutionOf } from '../../../testing/laws/convolution';
import {
  commandConvolution,
  PortError,
  type CommandConvolutionOptions,
} from '../../../testing/node';

const port = join(__dirname, 'ports/convolution.pl');
const settings = { strides: [1, 1], dilations: [1, 1], padding: 'valid', groups: 1 } as const;
const x = tensor(Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), [1, 3, 3, 1]);
const filter = tensor(Float64Array.of(1, 0, 0, -1), [2, 2, 1, 1]);
const dy = tensor(Float64Array.of(1, 2, 3, 4), [1, 2, 2, 1]);

const leftover = (): string[] => readdirSync(tmpdir()).filter((one) => /^gradus-port-/.test(one));

describe('commandConvolution', function () {
  this.timeout(60_000);
  const before = leftover();

  for (const keepRunning of [false, true]) {
    const how = keepRunning ? 'that keeps running' : 'for each call';

    it(`asks a program ${how}`, () => {
      const command = ['perl', port];
      const found = commandConvolution({ command, dtype: 'float64', keepRunning });
      const expected = convolutionOf(reference, 'float64');
      const same = (a: Tensor, b: Tensor): void => expectClose(a, b, { relative: 0 });
      const wide = {
        ...settings,
        padding: [
          [0, 1],
          [2, 0],
        ],
        strides: [1, 2],
      } as const;
      for (const how of [settings, wide]) {
        same(found.conv2d(x, filter, how), expected.conv2d(x, filter, how));
      }
      same(
        found.inputGradient!(dy, filter, settings, x.shape),
        expected.inputGradient!(dy, filter, settings, x.shape),
      );
      same(
        found.filterGradient!(dy, x, settings, filter.shape),
        expected.filterGradient!(dy, x, settings, filter.shape),
      );
      expect(found.name).to.equal(`perl ${port}`);
      found.end();
    });
  }

  it('lets a port in another language be tested by the laws', () => {
    const command = ['perl', port];
    const name = 'convolution.pl';
    const found = commandConvolution({ command, name, dtype: 'float64', keepRunning: true });
    checkLaws(convolutionLaws, found, { runs: 2 });
    found.end();
  });

  it('tells the laws what the program can do', () => {
    const limits = { maxStride: 1 };
    const options = { command: ['perl'], dtype: 'float64', limits } as const;
    const found = commandConvolution({ ...options, operations: ['conv2d', 'filterGradient'] });
    expect(found.limits).to.equal(limits);
    expect(found).to.not.have.property('inputGradient');
    expect(found).to.have.property('filterGradient');
  });

  after('leaves no folder behind', () => {
    expect(leftover()).to.deep.equal(before);
  });
});

/** A program in Perl, which starts quickly. */
const program = (code: string): string[] => ['perl', '-e', `my $folder = $ARGV[0]; ${code}`];

/** Writes an array of doubles, or of what else there is in it, as the result of a convolution of x. */
const write = (data: string): string =>
  `open my $file, '>:raw', "$folder/result.npy"; ` +
  `my $header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 2, 1)}"; ` +
  `print $file "\\x93NUMPY\\x01\\x00v\\x00", sprintf("%-117s\\n", $header), ${data}; close $file;`;
const answering = (answer: string): string[] =>
  program(`$| = 1; while (<STDIN>) { print "${answer}\\n" }`);

/** Whether a process is; one that is dead, but whose end nobody has asked for, is not. */
function isAlive(id: string): boolean {
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('A program that does not answer', function () {
  this.timeout(60_000);

  const question = 'port: conv2d of x [1, 3, 3, 1] and filter [2, 2, 1, 1]: ';
  const failures: readonly (readonly [string, Partial<CommandConvolutionOptions>, string])[] = [
    [
      'is not there',
      { command: ['no-such-program'] },
      "there is no program 'no-such-program' here.",
    ],
    [
      'ends with an exit code',
      { command: program('print STDERR "no rows\\n"; exit 7') },
      'it ended with exit code 7. It wrote to stderr:\n\nno rows\n',
    ],
    [
      'cannot do what it is asked',
      { command: program('exit 3') },
      'it says that it cannot do this (exit code 3). Laws keep to what it can do if limits say it.',
    ],
    [
      'is killed',
      { command: program('kill TERM => $$; sleep 9') },
      'it was ended by the signal SIGTERM.',
    ],
    [
      'hangs',
      { command: program('print STDERR "waiting\\n"; sleep 99'), timeoutSeconds: 1 },
      'it did not answer within 1 s; it and all that it started were killed. ' +
        'It wrote to stderr:\n\nwaiting\n',
    ],
    ['writes nothing', { command: program('') }, 'it reported no error, but wrote no result.npy.'],
    [
      'writes a folder',
      { command: program('mkdir "$folder/result.npy"') },
      'result.npy cannot be read: EISDIR: illegal operation on a directory, read.',
    ],
    [
      'writes something else',
      { command: program('open my $file, ">", "$folder/result.npy"; print $file "hello!"') },
      'result.npy is damaged: decodeNpy: expected the bytes 93 4e 55 4d 50 59 of an NPY file at ' +
        'byte 0; received 68 65 6c 6c 6f 21.',
    ],
    [
      'writes too little',
      { command: program(write('"x" x 31')) },
      'result.npy is damaged: decodeNpy: expected 32 bytes of data for float64 [1, 2, 2, 1] at ' +
        'byte 128; received 31 before the end of the file.',
    ],
    [
      'writes another element type',
      { command: program(write('pack "d<*", 1 .. 4')), dtype: 'float32' },
      'expected float32 [1, 2, 2, 1] in result.npy; received float64 [1, 2, 2, 1].',
    ],
    [
      'writes no numbers',
      { command: program(write('pack "d<*", 1, 2, "nan", 4')) },
      'result.npy has NaN at [0, 1, 0, 0], though all numbers that the program was given are finite.',
    ],
    [
      'ends where it should keep running',
      { command: program(''), keepRunning: true },
      'it ended instead of answering; with keepRunning it goes on until its input ends.',
    ],
    [
      'answers something else',
      { command: answering('ready'), keepRunning: true },
      "expected the answer 'done'; received 'ready'.",
    ],
    [
      'answers that it cannot do this',
      {
        command: answering('not supported'),
        keepRunning: true,
      },
      'it says that it cannot do this (its answer). Laws keep to what it can do if limits say it.',
    ],
  ];
  for (const [title, options, message] of failures) {
    it(`is told apart: it ${title}`, () => {
      const found = commandConvolution({ command: [], name: 'port', dtype: 'float64', ...options });
      expect(() => found.conv2d(x, filter, settings)).to.throw(PortError, question + message);
      found.end();
    });
  }

  it('is told apart: it writes another shape', () => {
    const found = commandConvolution({
      command: program(write('pack "d<*", 1 .. 4')),
      name: 'port',
      dtype: 'float64',
    });
    expect(() => found.filterGradient!(dy, x, settings, [2, 2, 1, 1])).to.throw(
      'port: filterGradient of dy [1, 2, 2, 1] and x [1, 3, 3, 1]: ' +
        'expected float64 [2, 2, 1, 1] in result.npy; received float64 [1, 2, 2, 1].',
    );
  });

  it('is started again after it was killed', () => {
    // It hangs in its first life, which leaves a mark.
    const mark = join(mkdtempSync(join(tmpdir(), 'gradus-test-')), 'mark');
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
      rmSync(dirname(mark), { recursive: true });
    }
  });

  it('takes with it what it has started', async function () {
    if (!existsSync('/proc/self')) this.skip();
    const mark = join(mkdtempSync(join(tmpdir(), 'gradus-test-')), 'mark');
    const code =
      'my $child = fork; sleep 99 if !$child; ' +
      `open my $file, '>', '${mark}'; print $file $child; close $file; sleep 99`;
    const command = program(code);
    const found = commandConvolution({ command, dtype: 'float64', timeoutSeconds: 1 });
    try {
      expect(() => found.conv2d(x, filter, settings)).to.throw('were killed.');
      const child = readFileSync(mark, 'utf8');
      // The signal is sent; it takes a moment to arrive.
      for (let waited = 0; waited < 100 && isAlive(child); waited++) await setTimeout(50);
      expect(isAlive(child)).to.equal(false);
    } finally {
      found.end();
      rmSync(dirname(mark), { recursive: true });
    }
  });

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

  it('may give numbers that are not finite for such numbers', () => {
    const command = program(write('pack "d<*", 1, "nan", 3, "inf"'));
    const found = commandConvolution({ command, dtype: 'float64' });
    const infinite = tensor(Float64Array.of(1, 0, 0, Infinity), filter.shape);
    const y = found.conv2d(x, infinite, settings);
    expect([...y.toTypedArray()]).to.deep.equal([1, NaN, 3, Infinity]);
    found.end();
  });

  it('is told what it wrote to stderr about this question, not about those before', () => {
    const code = '$| = 1; while (<STDIN>) { print STDERR ++$n, "\\n"; print "no\\n" }';
    const command = ['perl', '-e', code];
    const found = commandConvolution({ command, dtype: 'float64', keepRunning: true });
    for (const written of [1, 2]) {
      expect(() => found.conv2d(x, filter, settings)).to.throw(`stderr:\n\n${written}\n`);
    }
    found.end();
  });

  it('makes a law fail, which says so', () => {
    const command = ['no-such-program'];
    const found = commandConvolution({ command, name: 'port', dtype: 'float64' });
    expect(() => checkLaws(convolutionLaws.slice(0, 2), found)).to.throw(
      "there is no program 'no-such-program' here.",
    );
  });
});
