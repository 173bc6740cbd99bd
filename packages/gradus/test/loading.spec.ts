import { expect } from 'chai';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as autodiff from '@gradus/autodiff';
import { scalar } from '@gradus/tensor';
import type { Loaded } from './programs/listLoaded';
import { runProgram } from './runProgram';

const packages = join(__dirname, '../..');
const isNdarray = (path: string): boolean => /[\\/]ndarray(-ops)?[\\/]/.test(path);

describe('A program that imports gradus and trains', function () {
  this.timeout(60_000);

  interface Report extends Loaded {
    readonly losses: readonly number[];
    readonly codeFromString: string;
  }
  let report: Report;

  before(() => {
    // As under a Content-Security-Policy without 'unsafe-eval'.
    const strict = ['--disallow-code-generation-from-strings'];
    report = runProgram('trainConvolution.ts', strict) as Report;
  });

  it('learns where strings must not become code', () => {
    const { losses, codeFromString } = report;
    expect(codeFromString).to.match(/^EvalError/);
    expect(losses).to.have.length(20);
    expect(losses.at(-1)).to.be.below(losses[0]! / 2);
  });

  it('loads neither ndarray nor anything of Node', () => {
    const { files, builtIns } = report;
    expect(files).to.include(join(packages, 'train/src/loop/fit.ts'));
    expect(files.filter(isNdarray)).to.deep.equal([]);
    expect(builtIns).to.deep.equal([]);
  });

  it('would be found out if it did: the subpaths for programs do', () => {
    const { files, builtIns } = runProgram('loadSubpaths.ts') as Loaded;
    expect(files.some(isNdarray)).to.be.true;
    expect(builtIns).to.include('node:path');
  });
});

describe('A second copy of autodiff', () => {
  it('is refused when it differentiates: each would miss what the other computes', () => {
    const slope = ({ grad, square }: typeof autodiff): number =>
      grad((x) => square(x))(scalar(3))[0].item();
    expect(slope(autodiff)).to.equal(6);
    expect(() => slope(secondCopy())).to.throw(
      'Two copies of @gradus/autodiff are loaded, so gradients would be incomplete. ' +
        'Install one version only: `npm ls @gradus/autodiff` shows who brings the second.',
    );
    expect(slope(autodiff)).to.equal(6);
  });
});

/** What a program gets that has the package installed twice. */
function secondCopy(): typeof autodiff {
  const load = createRequire(__filename);
  const source = join(packages, 'autodiff/src');
  const first = Object.entries(load.cache).filter(([path]) => path.startsWith(source));
  for (const [path] of first) delete load.cache[path];
  try {
    return load('@gradus/autodiff') as typeof autodiff;
  } finally {
    for (const [path, module] of first) load.cache[path] = module;
  }
}
