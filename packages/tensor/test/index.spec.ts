import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const source = resolve(__dirname, '../src');
const fromSources = resolve(__dirname, '../../../scripts/fromSources.cjs');

/** The files that a program loads which does nothing but require `file`. */
function filesLoadedBy(file: string): string[] {
  const program = `
    const before = new Set(Object.keys(require.cache));
    require(${JSON.stringify(join(source, file))});
    const loaded = Object.keys(require.cache).filter((path) => !before.has(path));
    console.log(JSON.stringify(loaded));`;
  const args = ['--require', fromSources, '--eval', program];
  const output = execFileSync(process.execPath, args, { cwd: source, encoding: 'utf8' });
  return JSON.parse(output) as string[];
}

const foreign = (file: string): boolean => !file.startsWith(source);

describe('what importing loads', () => {
  it('is nothing but this package for the index', () => {
    const files = filesLoadedBy('index.ts');
    expect(files).to.include(join(source, 'tensor.ts'));
    expect(files.filter(foreign)).to.deep.equal([]);
  });

  it('is ndarray, and not ndarray-ops, for the ndarray subpath', () => {
    const files = filesLoadedBy('ndarray.ts').filter(foreign);
    expect(files.some((file) => /[\\/]ndarray[\\/]/.test(file))).to.be.true;
    expect(files.filter((file) => file.includes('ndarray-ops'))).to.deep.equal([]);
  });
});
