import { valueAndGrad } from '@gradus/autodiff';
import { OptionError, Random, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { batchNormalization, conv2d, dense, regularizers, rootScope } from '../../src/index';

const { l1, l2, l1l2, resolveRegularizer } = regularizers;
const weight = tensor(Float64Array.of(1, -2, 0.5), [3, 1]);

describe('A regularizer', () => {
  const cases = [
    ['l1', l1({ l1: 0.5 }), 0.5 * 3.5, [0.5, -0.5, 0.5]],
    ['l2', l2({ l2: 0.5 }), 0.5 * 5.25, [1, -2, 0.5]],
    ['l1l2', l1l2({ l1: 2, l2: 0.5 }), 7 + 2.625, [3, -4, 2.5]],
    ['l1 by name', resolveRegularizer('l1'), 0.035, [0.01, -0.01, 0.01]],
    ['l2 by name', resolveRegularizer('l2'), 0.0525, [0.02, -0.04, 0.01]],
    ['l1l2 by name', resolveRegularizer('l1l2'), 0.0875, [0.03, -0.05, 0.02]],
    ['l1l2 of one factor', l1l2({ l2: 0.5 }), 2.625, [1, -2, 0.5]],
  ] as const;
  for (const [name, regularizer, value, gradient] of cases) {
    it(`${name} has the value and gradient worked by hand`, () => {
      const found = valueAndGrad(() => regularizer.penalty(weight), [weight]);
      expect(found.value.dtype).to.equal('float64');
      expect(found.value.item()).to.be.closeTo(value, 1e-14);
      found.grads[0].toTypedArray().forEach((slope, i) => {
        expect(slope).to.be.closeTo(gradient[i]!, 1e-14);
      });
    });
  }

  for (const factor of [-1, NaN, Infinity, null, '1']) {
    it(`refuses the factor ${String(factor)}`, () => {
      const makers = {
        l1: () => l1({ l1: factor as number }),
        l2: () => l2({ l2: factor as number }),
        l1l2: () => l1l2({ l1: 0, l2: factor as number }),
      };
      for (const [name, make] of Object.entries(makers)) {
        if (name === 'l1l2' && factor === null) continue;
        expect(make)
          .to.throw(OptionError)
          .with.property(
            'message',
            `${name}: expected a factor that is a finite number of at least 0; received ${factor}.`,
          );
      }
    });
  }

  it('has to be known by its name', () => {
    expect(() => resolveRegularizer('l3' as never))
      .to.throw(OptionError)
      .with.property('message', "regularizer: expected one of l1, l2, l1l2; received 'l3'.");
    expect(() => resolveRegularizer({} as never)).to.throw('received an object.');
    const own = { kind: 'own', config: {}, penalty: (w: Tensor) => l1().penalty(w) };
    expect(resolveRegularizer(own)).to.equal(own);
  });

  it('of kernel and bias, gamma and beta, is asked for each of them', () => {
    const ones = { kernelInitializer: 'ones', biasInitializer: 'ones' } as const;
    const both = {
      kernelRegularizer: l1({ l1: 1 }),
      biasRegularizer: l1({ l1: 100 }),
    };
    const gammaAndBeta = {
      gammaRegularizer: l1({ l1: 1 }),
      betaRegularizer: l1({ l1: 100 }),
      betaInitializer: 'ones',
    } as const;
    const cases = [
      [dense({ units: 2, ...ones, ...both }), [3], 6 + 200],
      [conv2d({ filters: 2, kernelSize: 2, ...ones, ...both }), [3, 3, 3], 24 + 200],
      [batchNormalization(gammaAndBeta), [5], 5 + 500],
      [dense({ units: 2, ...ones, ...both, trainable: false }), [3], undefined],
    ] as const;
    for (const [layer, input, penalty] of cases) {
      const scope = rootScope('model', { random: new Random(0) });
      layer.build(input, scope);
      expect(scope.penalty()?.item()).to.equal(penalty);
    }
  });
});
