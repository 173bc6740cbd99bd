import { join } from 'node:path';
import { tensor } from '@gradus/tensor';
import { checkLaws } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { poolingLaws } from '../../../testing/laws/pooling';
import { softmaxLaws } from '../../../testing/laws/softmax';
import { commandFunction, commandPooling } from '../../../testing/node';

const command = ['perl', join(__dirname, 'ports/pooling.pl')];
const x = tensor(Float64Array.of(0, Math.log(3)), [1, 2]);

describe('commandPooling', function () {
  this.timeout(60_000);

  it('lets pooling in another language be tested by the laws', () => {
    const found = commandPooling({
      command,
      name: 'pooling.pl',
      keepRunning: true,
      dtype: 'float64',
      operations: [
        'maxPool2d',
        'averagePool2d',
        'maxPool2dInputGradient',
        'averagePool2dInputGradient',
      ],
    });
    checkLaws(poolingLaws, found, { runs: 2 });
    found.end();
  });

  it('has what the program has', () => {
    const limits = { maxPool: 2 };
    const options = { command, dtype: 'float32', limits, countsPadding: true } as const;
    const found = commandPooling({ ...options, operations: ['averagePool2d'] });
    expect(found).to.include({ dtype: 'float32', limits, countsPadding: true });
    expect(found).to.have.property('averagePool2d');
    expect(found).to.not.have.any.keys('maxPool2d', 'averagePool2dInputGradient');
  });

  it('refuses an operation that it does not know', () => {
    const wrong = { command, dtype: 'float64', operations: ['pool'] } as never;
    expect(() => commandPooling(wrong)).to.throw(
      'commandPooling: expected operations[0] to be one of maxPool2d, averagePool2d, ' +
        "maxPool2dInputGradient, averagePool2dInputGradient; received 'pool'.",
    );
  });
});

describe('commandFunction', function () {
  this.timeout(60_000);

  const softmax = { command, operation: 'softmax', dtype: 'float64' } as const;

  it('asks a program for a function of tensors', () => {
    const found = commandFunction(softmax);
    expect([...found(x).toTypedArray()].map((p) => p.toFixed(12))).to.deep.equal([
      '0.250000000000',
      '0.750000000000',
    ]);
    found.end();
  });

  it('lets it be tested by the laws', () => {
    const found = commandFunction({ ...softmax, keepRunning: true });
    const subject = { name: 'pooling.pl', dtype: 'float64', softmax: found } as const;
    checkLaws(softmaxLaws, subject, { runs: 2 });
    found.end();
  });

  it('tells the program its settings and the names of its inputs', () => {
    const code =
      'open my $file, "<", "$ARGV[0]/request.json"; print STDERR <$file>; ' +
      'print STDERR join(", ", sort map { s/.*\\///r } glob "$ARGV[0]/*"), "\\n"; exit 1';
    const found = commandFunction({
      command: ['perl', '-e', code],
      name: 'port',
      operation: 'blur',
      inputs: ['image', 'kernel'],
      settings: { sigma: 2 },
      dtype: 'float64',
      outputShape: (image) => image,
    });
    expect(() => found(x, x)).to.throw(
      'port: blur of image [1, 2] and kernel [1, 2]: it ended with exit code 1. It wrote to stderr:\n\n' +
        '{"operation":"blur","dtype":"float64","settings":{"sigma":2},' +
        '"shapes":{"image":[1,2],"kernel":[1,2]}}\nimage.npy, kernel.npy, request.json\n',
    );
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    ['no operation', { operation: '' }, "operation to be a text that is not empty; received ''."],
    [
      'an input that is no file',
      { inputs: ['../x'] },
      "inputs[0] to be the name of a file: letters and digits; received '../x'.",
    ],
    [
      'an input called as the result',
      { inputs: ['x', 'result'] },
      "inputs[1] to be the name of a file: letters and digits; received 'result'.",
    ],
  ];
  for (const [title, options, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => commandFunction({ ...softmax, ...options })).to.throw(
        `commandFunction: expected ${message}`,
      );
    });
  }

  it('refuses more inputs than it has names', () => {
    expect(() => commandFunction(softmax)(x, x)).to.throw(
      'softmax: expected 1 tensors, x; received 2.',
    );
  });
});
