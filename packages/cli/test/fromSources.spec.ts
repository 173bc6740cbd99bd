import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ScratchFolder } from './scratchFolder';

const root = join(__dirname, '../../..');
const fromSources = join(root, 'scripts/fromSources.cjs');

describe('The command from its sources', function () {
  this.timeout(60_000);
  const scratch = new ScratchFolder();

  it('reads TypeScript that lies elsewhere, and keeps no translation of it', () => {
    const file = scratch.write('mine.ts', 'const two: number = 2;\nconsole.log(two);');
    const program = ['--require', fromSources, file];
    expect(execFileSync(process.execPath, program, { encoding: 'utf8' })).to.equal('2\n');
    const kept = join(root, 'node_modules/.cache/gradus', `${relative(root, file)}.js`);
    expect(existsSync(kept)).to.equal(false);
  });
});
