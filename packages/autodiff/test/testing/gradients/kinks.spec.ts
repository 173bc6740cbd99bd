import { tensor, zeros, type Tensor } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { abs, add, customGradient, maximum, mul, relu, sign, sum } from '../../../src/index';
import {
  checkGradients,
  GradientError,
  UndecidedGradientError,
  type GradientReport,
} from '../../../testing';

describe('Kinks and ties', () => {
  const wordsOf = ({ skipped }: GradientReport): string[] => [...skipped].sort();
  const away = new Array<number>(20).fill(1);

  it('are left out, with a word and the distance', () => {
    const at = tensor(Float64Array.of(0, 2e-7, ...away));
    expect(wordsOf(checkGradients((a) => sum(relu(a)), at, { kinks: 2 }))).to.deep.equal([
      'x[0] is at a kink',
      'x[1] is 2e-7 from a kink',
    ]);
    const ties = checkGradients((a, b) => sum(maximum(a, b)), [at, tensor(Float64Array.of(2e-7))], {
      kinks: 3,
      names: ['a', 'b'],
    });
    expect(wordsOf(ties)).to.deep.equal([
      'a[0] is 2e-7 from a kink',
      'a[1] is at a kink',
      'b[0] is at a kink',
    ]);
    const jump = checkGradients((a) => sum(add(sign(a), a)), at, { kinks: 2 });
    expect(wordsOf(jump)).to.deep.equal(['x[0] is at a jump', 'x[1] is 2e-7 from a jump']);
  });

  it('do no harm a little way off: the slope is found from smaller steps', () => {
    const at = tensor(Float64Array.of(1e-4, -3e-5, 5e-6, -1e-3));
    expect(checkGradients((a) => sum(mul(abs(a), 3)), at).checked).to.equal(4);
    const wrong = customGradient('abs', (a: Tensor) => ({
      value: abs(a),
      gradient: (dy) => [dy],
    }));
    expect(() => checkGradients((a) => sum(wrong(a)), at)).to.throw(GradientError);
  });

  it('are too many if nothing is left, or more than is allowed', () => {
    expect(() => checkGradients((a) => sum(relu(a)), zeros([1], 'float64')))
      .to.throw(UndecidedGradientError)
      .with.property(
        'message',
        'checkGradients: too little can be said of it: 1 of 1 slopes have no value, and 1 may be ' +
          'left out: x[0] is at a kink. Choose inputs farther from kinks and ties, or allow more `kinks`.',
      );
    const at = tensor(Float64Array.of(0, 0, 0, ...away));
    expect(() => checkGradients((a) => sum(relu(a)), at)).to.throw(
      /3 of 23 slopes have no value, and 2 may be left out: .*; \.\.\. Choose|3 of 23 slopes/,
    );
    expect(() => checkGradients((a) => sum(relu(a)), at, { kinks: 0 })).to.throw(
      UndecidedGradientError,
    );
  });

  it('are counted over all that is drawn, so that a few do no harm', () => {
    const at = tensors([3], { dtype: 'float64' });
    const { checked, skipped } = checkGradients((a) => sum(relu(a)), at, { runs: 300 });
    expect(checked + skipped.length).to.equal(900);
    expect(skipped.length).to.be.within(1, 90);
  });
});
