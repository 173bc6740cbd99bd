import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { programs } from '../src/programs';
import { runExample } from '../src/runExample';

/** The exit status and what was printed and complained of. */
async function run(...commandArguments: string[]) {
  const [lines, errors]: [string[], string[]] = [[], []];
  const status = await runExample(commandArguments, {
    print: (text) => void lines.push(text),
    printError: (text) => void errors.push(text),
  });
  return { status, printed: lines.join('\n'), complained: errors.join('\n') };
}

describe('npm run example', function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gradus-examples-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lists all programs if none is named', async () => {
    const { status, printed, complained } = await run();
    expect([status, complained]).to.deep.equal([0, '']);
    for (const name of Object.keys(programs)) expect(printed).to.include(name);
  });

  it('runs a program and says where its pictures are', async () => {
    const out = join(folder, 'not', 'there', 'yet');
    const { status, printed } = await run('convolution-explained', '--quick', '--out', out);
    expect(status).to.equal(0);
    expect(printed.split('\n').at(-1)).to.equal(`Pictures: ${out}`);
    expect(readdirSync(out)).to.include('stride.png');
  });

  it('tells the options of a program', async () => {
    const { status, printed } = await run('mnist-cnn', '--help');
    expect(status).to.equal(0);
    expect(printed).to.include('--from <dir>').and.include('--quick').and.include('--out <dir>');
  });

  const wrong: readonly [string, readonly string[], RegExp][] = [
    ['an unknown program', ['mnist'], /^error: unknown command 'mnist'$/],
    ['an unknown option', ['mnist-cnn', '--fast'], /^error: unknown option '--fast'/],
    ['an unknown filter', ['learning-a-filter', '--filter', 'x'], /Allowed choices are sobel-x/],
    ['an option without its value', ['mnist-cnn', '--from'], /argument missing/],
    ['a folder of nothing', ['mnist-cnn', '--from', __dirname], /^error: readMnist: expected .*/],
  ];
  for (const [title, commandArguments, line] of wrong) {
    it(`refuses ${title} in one line, with status 2`, async () => {
      const { status, complained, printed } = await run(...commandArguments, ...outOf(title));
      expect([status, printed]).to.deep.equal([2, '']);
      expect(complained).to.match(line).and.not.include('\n');
    });
  }
  const outOf = (title: string) =>
    title === 'a folder of nothing' ? ['--out', join(folder, 'out')] : [];

  it('refuses to write into a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'mine');
    const { status, complained } = await run('mnist-cnn', '--out', file);
    expect(status).to.equal(2);
    expect(complained).to.match(/^error: .*file/);
  });

  it('makes no folder where the command line is wrong', async () => {
    const out = join(folder, 'out');
    await run('learning-a-filter', '--out', out, '--filter', 'x');
    expect(existsSync(out)).to.equal(false);
  });
});
