import { expect } from 'chai';
import { runCommand } from '../runCommand';
import { SpawnedCommand } from '../spawnCommand';
import { UserFolder } from './userFolder';

describe('gradus check, given nonsense', function () {
  this.timeout(60_000);
  const folder = new UserFolder();

  const refusal = async (...commandArguments: string[]): Promise<string> => {
    const { status, errors, output } = await runCommand('check', ...commandArguments);
    expect([status, output]).to.deep.equal([2, '']);
    expect(errors).to.match(/^gradus: .*\n$/);
    return errors.slice('gradus: '.length).trim();
  };

  it('wants a file or a command', async () => {
    const either = 'expected a file, or --command with a program, and not both.';
    expect(await refusal()).to.equal(either);
    expect(await refusal('mine.ts', '--command', 'true')).to.equal(either);
    expect(await refusal('--command', ' ')).to.equal(
      '--command: expected a program and its arguments.',
    );
    expect(await refusal('--command', 'no-such-program x')).to.equal(
      '--command no-such-program x: there is no such program here.',
    );
    expect(await refusal('--command', 'perl -e "sleep 99"', '--time-limit', '1')).to.equal(
      '--command perl -e sleep 99: it did not answer within 0.5 s; a larger --time-limit gives it longer.',
    );
  });

  it('says what is wrong with a file', async () => {
    const file = folder.write('mine.ts');
    expect(await refusal(`${file}x`)).to.equal(
      `${file}x: expected a file ending in .ts, .mts, .cts, .mjs, .js or .cjs.`,
    );
    expect(await refusal(`x${file}`)).to.equal(
      `x${file}: the file cannot be read: there is no such file or folder (ENOENT).`,
    );
    expect(await refusal(folder.write('throws.mjs', "throw new RangeError('oh');"))).to.match(
      /throws\.mjs: it cannot be loaded: RangeError: oh$/,
    );
    expect(await refusal(folder.write('odd.mjs', 'const = 3;'))).to.match(
      /odd\.mjs: it cannot be loaded: SyntaxError: /,
    );
    const maker = folder.write('maker.mjs', "export default () => { throw new Error('oh'); };");
    expect(await refusal(maker)).to.match(/maker\.mjs: its default export throws: oh$/);
  });

  it('says what can be checked where there is nothing', async () => {
    expect(await refusal(folder.write('a.mjs', 'export {};'))).to.match(
      /a\.mjs: it exports nothing; expected something to check: layer: \{ layer, input/,
    );
    const useless = folder.write('b.mjs', 'export const size = 3, f = () => size;');
    expect(await refusal(useless)).to.match(/b\.mjs: it exports f, size; expected something/);
    const empty = folder.write('c.mjs', 'export default [];');
    expect(await refusal(empty)).to.match(/c\.mjs: it exports nothing; expected something/);
  });

  const lacking: [what: string, exported: string, message: RegExp][] = [
    [
      'a layer without an input',
      'gradus.layers.flatten()',
      /^flatten: a layer needs the shape of one sample: \{ layer, input: \[28, 28, 1\] \}\.$/,
    ],
    [
      'an optimizer in place of a function',
      '{ mine: { optimizer: gradus.adam() } }',
      /^mine: an optimizer remembers what it has trained: give a function/,
    ],
    [
      'a loss without targets',
      '{ mine: { loss: gradus.meanSquaredError } }',
      /^mine: a loss needs targets and predictions to be tried at: /,
    ],
    [
      'a convolution without a name',
      '{ mine: { conv2d: () => {} } }',
      /^mine: a convolution needs a name, and a dtype, 'float32' or 'float64', of the tensors/,
    ],
    [
      'laws of which none applies',
      "{ mine: { laws: [{ name: 'a', excuse: () => 'it is blue', check() {} }], of: { name: 'sky' } } }",
      /^nothing could be tried\.$/,
    ],
    [
      'an empty list of laws',
      "{ mine: { laws: [], of: { name: 'sky' } } }",
      /^nothing could be tried\.$/,
    ],
  ];
  for (const [what, exported, message] of lacking) {
    it(`says what is missing from ${what}`, async () => {
      const file = folder.write('mine.mjs', `export default ({ gradus }) => (${exported});`);
      const { status, errors } = await runCommand('check', file);
      expect(status).to.equal(2);
      expect(errors.replace(/^gradus: /, '').trim()).to.match(message);
    });
  }

  it('refuses options that are out of range, and names no check has', async () => {
    const file = folder.write('mine.mjs', 'export default () => 3;');
    expect(await refusal(file, '--runs', '0')).to.match(/whole number of at least 1/);
    expect(await refusal(file, '--seed', 'x')).to.match(/whole number/);
    expect(await refusal(file, '--time-limit', '0')).to.match(/above 0/);
    expect(await refusal(file, '--engine', 'fast')).to.match(/Allowed choices are/);
    const layer = folder.write(
      'layer.mjs',
      'export default ({ gradus }) => ({ layer: gradus.layers.flatten(), input: [2, 2] });',
    );
    expect(await refusal(layer, '--only', 'gpu')).to.equal(
      '--only gpu: no check has this in its name.',
    );
  });

  it('breaks off what does not end', async () => {
    const file = folder.write(
      'mine.mjs',
      'const build = () => { for (;;); };',
      'export default ({ gradus: { defineLayer } }) => ({',
      "  layer: defineLayer({ kind: 'endless', config: {}, outputShape: (x) => x, build }),",
      '  input: [2],',
      '});',
    );
    const run = await new SpawnedCommand('check', file, '--time-limit', '0.5').finished();
    expect([run.status, run.errors]).to.deep.equal([1, '']);
    expect(run.output).to.contain(
      'endless: layer\n  ✗ can be made\n\n' +
        '    It did not end within 0.5 s; --time-limit gives it longer. What follows it was not tried.\n',
    );
  });

  it('explains functions that give no scalar, change their inputs, are random, or throw', async () => {
    const functions: [f: string, message: RegExp][] = [
      ['(x) => x', /f to return a scalar/],
      ['async (x) => gradus.sum(x)', /a promise/],
      ['(x) => { x.data[0] += 1; return gradus.sum(x); }', /leave its inputs alone/],
      ['(x) => gradus.mul(gradus.sum(x), Math.random())', /the same value each time/],
      ["() => { throw new Error('oh'); }", /f threw at the given point: oh/],
    ];
    for (const [f, message] of functions) {
      const file = folder.write(
        `mine${functions.findIndex(([other]) => other === f)}.mjs`,
        `export default ({ gradus }) => ({ f: ${f}, at: gradus.ones([2], 'float64') });`,
      );
      const { status, output } = await runCommand('check', file, '--engine', 'loops');
      expect(status, f).to.equal(1);
      expect(output, f).to.match(message);
    }
  });
});
