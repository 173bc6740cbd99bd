import { softmaxLaws, type SoftmaxImplementation } from '@gradus/kernels/testing';
import type { FloatDType, Tensor } from '@gradus/tensor';
import { configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  logSoftmax,
  mul,
  softmax,
  sum,
  valueAndGrad,
  withBackend,
  type Backend,
} from '../../../../src/index';
import { engines } from '../../../../testing/index';

// A long run tries as many as it says.
const runs = configuredRuns(6);

/** The operations with their gradients, on an engine. */
function softmaxOn(engine: Backend, dtype: FloatDType): SoftmaxImplementation {
  const on = (f: (x: Tensor) => Tensor) => (x: Tensor) => withBackend(engine, () => f(x));
  const gradient = (f: (x: Tensor) => Tensor) => (dy: Tensor, x: Tensor) =>
    withBackend(engine, () => valueAndGrad(() => sum(mul(f(x), dy)), [x]).grads[0]);
  return {
    name: `${engine.name}, ${dtype}`,
    dtype,
    views: true,
    softmax: on(softmax),
    logSoftmax: on(logSoftmax),
    softmaxGradient: gradient(softmax),
    logSoftmaxGradient: gradient(logSoftmax),
  };
}

for (const engine of engines) {
  for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
    describe(`softmax and logSoftmax, with gradients, on ${engine.name} in ${dtype}`, () => {
      const subject = softmaxOn(engine, dtype);
      for (const law of softmaxLaws) {
        it(`obey ${law.name}`, () => {
          expect(law.excuse(subject)).to.equal(undefined);
          law.check(subject, { runs });
        });
      }
    });
  }
}
