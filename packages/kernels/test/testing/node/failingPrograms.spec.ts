import { tensor } from '@gradus/tensor';
import { checkLaws } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { convolutionLaws } from '../../../testing/laws/convolution';
import {
  commandConvolution,
  PortError,
  type CommandConvolutionOptions,
} from '../../../testing/node';
import {
  dy,
  filter,
  inOwnTemporaryFolder,
  leftover,
  program,
  settings,
  write,
  x,
} from './programs';

const answering = (answer: string): string[] =>
  program(`$| = 1; while (<STDIN>) { print "${answer}\\n" }`);

describe('A program that does not answer', function () {
  this.timeout(60_000);
  inOwnTemporaryFolder();

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

  it('leaves no folder behind', () => {
    expect(leftover()).to.deep.equal([]);
  });
});
