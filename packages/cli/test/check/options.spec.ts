import { expect } from 'chai';
import { runCommand, type Run } from '../runCommand';
import { UserFolder } from './userFolder';

/** A result as `--json` writes it. */
interface Result {
  readonly subject: string;
  readonly check: string;
  readonly outcome: string;
  readonly cases: number;
  readonly seconds: number;
  readonly message?: string;
}

describe('gradus check, with options', function () {
  this.timeout(60_000);
  const folder = new UserFolder();

  const square = '{ f: (x) => sum(mul(x, x)), at: ones([3], "float64") }';
  const file = (exported: string, name = 'mine.mjs'): string =>
    folder.write(name, 'export default ({ gradus: { mul, ones, sum } }) => (', exported, ');');

  const results = async (...commandArguments: string[]): Promise<Result[]> => {
    const { output, errors } = await runCommand('check', ...commandArguments, '--json');
    expect(errors).to.equal('');
    return JSON.parse(output) as Result[];
  };

  it('writes a list of results', async () => {
    const found = await results(file(square));
    expect(found.map(({ seconds, ...rest }) => [seconds >= 0, rest])).to.deep.equal(
      ['reference', 'loops', 'simd'].map((engine) => [
        true,
        { subject: 'f', check: `on ${engine}`, outcome: 'holds', cases: 3 },
      ]),
    );
  });

  it('tells what was left out', async () => {
    const kink = folder.write(
      'kink.mjs',
      'export default ({ gradus: { relu, sum, tensor } }) =>',
      '  ({ f: (x) => sum(relu(x)), at: tensor([1, 0, 2]) });',
    );
    const { output } = await runCommand('check', kink, '--engine', 'loops');
    expect(output).to.match(/ {2}✓ on loops \(2 cases, .* s; left out: x\[1\] is at a kink\)\n/);
  });

  it('checks on one engine, and what has a text in its name', async () => {
    const both = file(`{ one: ${square}, other: ${square} }`);
    const named = (found: Result[]): string[] =>
      found.map(({ subject, check }) => `${subject}: ${check}`);
    expect(named(await results(both, '--engine', 'loops'))).to.deep.equal([
      'one: on loops',
      'other: on loops',
    ]);
    expect(named(await results(both, '--only', 'OTHER: on s'))).to.deep.equal(['other: on simd']);
  });

  it('tries as many cases as it is told, of other seeds', async () => {
    const drawn = folder.write(
      'drawn.mjs',
      "import fc from 'fast-check';",
      'export const seen = fc.property(fc.nat(), (n) => { throw new Error(`drawn: ${n}`); });',
      'export const small = fc.property(fc.nat(), (n) => n >= 0);',
    );
    const [first, second] = await results(drawn, '--runs', '7');
    expect([second!.outcome, second!.cases]).to.deep.equal(['holds', 7]);
    const [other] = await results(drawn, '--seed', '3');
    expect(first!.message).to.contain('\nSeed 0, ');
    expect(other!.message).to.contain('\nSeed 3, ');
  });

  it('says so if a property lets no case be tried', async () => {
    const barred = folder.write(
      'barred.mjs',
      "import fc from 'fast-check';",
      'export const mine = fc.property(fc.nat(), () => fc.pre(false));',
    );
    const [{ outcome, message }] = (await results(barred, '--runs', '1')) as [Result];
    expect([outcome, message]).to.deep.equal([
      'fails',
      'Too few of the cases that were drawn fulfil what fc.pre demands.',
    ]);
  });

  it('draws other inputs for a layer with each run', async () => {
    const layer = folder.write(
      'layer.mjs',
      'export default ({ gradus: { layers } }) =>',
      '  ({ layer: layers.dense({ units: 2 }), input: [3] });',
    );
    const found = await results(layer, '--runs', '3', '--engine', 'loops');
    expect(found.every(({ outcome, cases }) => outcome === 'holds' && cases === 3)).to.equal(true);
  });
});

describe('gradus check, of files of several forms', function () {
  this.timeout(60_000);
  const folder = new UserFolder();

  const subjects = async (path: string): Promise<string[]> => {
    const { status, output, errors }: Run = await runCommand('check', path, '--engine', 'loops');
    expect([status, errors]).to.deep.equal([0, '']);
    return Array.from(output.matchAll(/^(\S.*?): (?:property|layer)\b/gm), ([, name]) => name!);
  };
  const property = 'fc.property(fc.nat(), (n) => n >= 0)';
  const imports = "import fc from 'fast-check';";

  it('takes named exports, lists and records', async () => {
    const named = folder.write(
      'named.mjs',
      imports,
      `export const a = ${property}, b = ${property};`,
    );
    expect(await subjects(named)).to.deep.equal(['a', 'b']);
    const list = folder.write('list.mjs', imports, `export default [${property}, ${property}];`);
    expect(await subjects(list)).to.deep.equal(['number 1 of list', 'number 2 of list']);
    const record = folder.write('record.mjs', imports, `export default { c: ${property} };`);
    expect(await subjects(record)).to.deep.equal(['c']);
    const one = folder.write('one.mjs', imports, `export default ${property};`);
    expect(await subjects(one)).to.deep.equal(['one']);
    // What only shares its name with a part of the default export is something else.
    const both = folder.write(
      'both.mjs',
      imports,
      `export const c = ${property}; export default { c: ${property} };`,
    );
    expect(await subjects(both)).to.deep.equal(['c', 'c']);
  });

  it('takes CommonJS, TypeScript, and functions that wait', async () => {
    const commonJs = folder.write(
      'common.cjs',
      "const fc = require('fast-check');",
      `exports.a = ${property};`,
    );
    expect(await subjects(commonJs)).to.deep.equal(['a']);
    const typed = folder.write(
      'typed.ts',
      imports,
      "import { layers, type Layer } from 'gradus';",
      'const layer: Layer = layers.flatten();',
      `export const a = ${property};`,
      'export const b = { layer, input: [2, 2] };',
    );
    expect(await subjects(typed)).to.deep.equal(['a', 'b']);
    const later = folder.write(
      'later.mjs',
      'export default async ({ gradus: { layers } }) => ({ layer: layers.flatten(), input: [2, 2] });',
    );
    expect(await subjects(later)).to.deep.equal(['flatten']);
  });
});
