import { Variable } from '@gradus/autodiff';
import { OptionError, tensor, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { sgd, type SgdOptions } from '../src/index';
import { checkOptimizer } from '../testing';

const float64 = (...values: number[]): Tensor => tensor(Float64Array.from(values));

/** The weight after each of the gradients. */
function path(options: SgdOptions, gradients: readonly number[]): number[] {
  const w = new Variable('w', float64(1));
  const optimizer = sgd(options);
  return gradients.map((gradient) => {
    optimizer.step([w], [float64(gradient)]);
    return w.value.item();
  });
}

describe('sgd', () => {
  it('moves against the gradient by the learning rate, 0.01 unless given', () => {
    expect(path({}, [100])).to.deep.equal([0]);
    // 1 - 0.5 x 1, - 0.5 x 2, - 0.5 x -4
    expect(path({ learningRate: 0.5 }, [1, 2, -4])).to.deep.equal([0.5, -0.5, 1.5]);
  });

  it('keeps a velocity with momentum: v = mu v - lr g, w += v, three steps by hand', () => {
    // v: -0.5 | -0.25 - 1 = -1.25 | -0.625 + 2 = 1.375
    expect(path({ learningRate: 0.5, momentum: 0.5 }, [1, 2, -4])).to.deep.equal([
      0.5, -0.75, 0.625,
    ]);
  });

  it('looks ahead with nesterov: w += mu v - lr g, three steps by hand', () => {
    // v as above; moves: -0.25 - 0.5 = -0.75 | -0.625 - 1 = -1.625 | 0.6875 + 2 = 2.6875
    const options = { learningRate: 0.5, momentum: 0.5, nesterov: true };
    expect(path(options, [1, 2, -4])).to.deep.equal([0.25, -1.375, 1.3125]);
  });

  it('without momentum is the same with nesterov and without', () => {
    const gradients = [1, -3, 0.5];
    expect(path({ nesterov: true }, gradients)).to.deep.equal(path({}, gradients));
  });

  it('has a velocity in units of the weight, so a change of rate does not change old moves', () => {
    // v: -1 | mu x -1 - 0 = -0.5
    const schedule = (step: number): number => (step === 0 ? 1 : 0);
    expect(path({ learningRate: schedule, momentum: 0.5 }, [1, 1])).to.deep.equal([0, -0.5]);
  });

  it('keeps the contract of optimizers', () => {
    checkOptimizer(() => sgd({ learningRate: 0.5 }), { state: [], steps: 40, reduction: 1e-4 });
    for (const nesterov of [false, true]) {
      checkOptimizer(() => sgd({ learningRate: 0.1, momentum: 0.9, nesterov }), {
        state: ['velocity'],
        steps: 200,
        reduction: 1e-4,
      });
    }
  });

  it('descends faster with momentum where curvatures differ', () => {
    // f = (100 x^2 + y^2) / 2: rates above 0.02 diverge without momentum.
    const loss = (options: SgdOptions): number => {
      const w = new Variable('w', float64(1, 1));
      const optimizer = sgd(options);
      for (let i = 0; i < 100; i++) {
        optimizer.step([w], [float64(100 * w.value.at(0), w.value.at(1))]);
      }
      return 100 * w.value.at(0) ** 2 + w.value.at(1) ** 2;
    };
    const plain = loss({ learningRate: 0.0198 });
    expect(loss({ learningRate: 0.0198, momentum: 0.8 })).to.be.below(plain / 100);
  });

  it('works on tensors of any shape and layout', () => {
    const w = new Variable('w', tensor([1, 2, 3, 4], [2, 2]));
    sgd({ learningRate: 1 }).step([w], [tensor([1, 0, 0, 1], [2, 2])]);
    expectClose(w.value, tensor([0, 2, 3, 3], [2, 2]), { relative: 0 });
  });

  const invalid: readonly [SgdOptions, string][] = [
    [{ momentum: -0.1 }, 'momentum of at least 0 and below 1; received -0.1.'],
    [{ momentum: 1 }, 'momentum of at least 0 and below 1; received 1.'],
    [{ momentum: NaN }, 'momentum of at least 0 and below 1; received NaN.'],
    [{ nesterov: 1 as never }, 'nesterov to be true or false; received 1.'],
    [{ learningRate: 0 }, 'a learningRate above 0, or a schedule; received 0.'],
    [{ learningRate: -1 }, 'a learningRate above 0, or a schedule; received -1.'],
    [{ learningRate: NaN }, 'a learningRate above 0, or a schedule; received NaN.'],
    [{ learningRate: Infinity }, 'a learningRate above 0, or a schedule; received Infinity.'],
  ];
  for (const [options, rest] of invalid) {
    it(`refuses ${Object.entries(options).join()}`, () => {
      expect(() => sgd(options))
        .to.throw(OptionError)
        .with.property('message', `sgd: expected ${rest}`);
    });
  }
});
