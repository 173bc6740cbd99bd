import { expect } from 'chai';
import * as gradus from '../src/index';
import { bundlePage, type PageBundle } from './browser/bundlePage';
import { computeAndTrain, type Computed } from './browser/computeAndTrain';
import { findChromium, openPage } from './browser/openPage';
import { runProgram } from './runProgram';

/** The last digits may differ where another version of a JavaScript engine computes sin or log. */
function expectSame(actual: Computed, expected: Computed): void {
  expect(actual.engine).to.equal('simd');
  for (const name of ['losses', 'gradients'] as const) {
    expect(actual[name]).to.have.length(expected[name].length);
    actual[name].forEach((value, i) => {
      expect(value / expected[name][i]!).to.be.closeTo(1, 1e-5);
    });
  }
}

describe('The engine simd', function () {
  this.timeout(120_000);

  let expected: Computed;

  before(async () => {
    expected = await computeAndTrain(gradus);
  });

  it('trains: the loss falls', () => {
    const { losses, gradients } = expected;
    expect(losses).to.have.length(5);
    expect(losses.at(-1)).to.be.below(losses[0]! / 2);
    expect(gradients.every((norm) => norm > 0 && Number.isFinite(norm))).to.equal(true);
  });

  it('computes the same in a Node in which strings must not become code', () => {
    const strict = ['--disallow-code-generation-from-strings'];
    expectSame(runProgram('trainOnSimd.ts', strict) as Computed, expected);
  });
});

describe('A page that imports gradus', function () {
  this.timeout(120_000);

  let bundle: PageBundle;

  before(async () => {
    bundle = await bundlePage();
  });

  it('needs nothing of Node, and nothing that makes code from strings', () => {
    const { code, files, imports } = bundle;
    expect(files.length).to.be.above(100);
    expect(imports).to.deep.equal([]);
    expect(
      files.filter((file) => /[\\/](ndarray|cwise)|node:|[\\/]src[\\/]node[\\/]/.test(file)),
    ).to.deep.equal([]);
    expect(code).not.to.match(/\bnew Function\b|\beval\(/);
  });

  for (const isolated of [false, true]) {
    const memory = isolated ? 'shared memory' : 'memory that is not shared';
    it(`trains under a strict Content-Security-Policy, in ${memory}, as in Node`, async function () {
      const chromium = findChromium();
      if (chromium === undefined) {
        console.log('      (skipped: Chromium is not installed)');
        this.skip();
      }
      const { computed, ...report } = await openPage(chromium, bundle.code, { isolated });
      expect(report).to.deep.equal({ violations: [], isolated });
      expectSame(computed!, await computeAndTrain(gradus));
    });
  }
});
