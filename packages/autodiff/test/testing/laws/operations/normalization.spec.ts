import {
  normalizationLaws,
  perChannel,
  type NormalizationImplementation,
  type NormalizationParameters,
} from '@gradus/kernels/testing';
import type { FloatDType, Tensor } from '@gradus/tensor';
import { configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  batchNormalization,
  mul,
  sum,
  valueAndGrad,
  withBackend,
  type Backend,
} from '../../../../src/index';
import { engines } from '../../../../testing/index';

// A long run tries as many as it says.
const runs = configuredRuns(6);

/** The operation with its gradients, on an engine. */
function normalizationOn(engine: Backend, dtype: FloatDType): NormalizationImplementation {
  const epsilon = 1e-3;
  const normalize = (x: Tensor, { gamma, beta }: NormalizationParameters): Tensor =>
    batchNormalization(x, gamma, beta, { epsilon });
  const gradients = (
    dy: Tensor,
    x: Tensor,
    parameters: NormalizationParameters,
  ): readonly Tensor[] =>
    withBackend(engine, () => {
      const wrt = [x, parameters.gamma, parameters.beta];
      return valueAndGrad(() => sum(mul(normalize(x, parameters), dy)), wrt).grads;
    });
  return {
    name: `batchNormalization on ${engine.name}, ${dtype}`,
    dtype,
    epsilon,
    sharing: perChannel,
    views: true,
    normalize: (x, parameters) => withBackend(engine, () => normalize(x, parameters)),
    inputGradient: (dy, x, parameters) => gradients(dy, x, parameters)[0]!,
    parameterGradient(dy, x, parameters) {
      const [, gamma, beta] = gradients(dy, x, parameters);
      return { gamma: gamma!, beta: beta! };
    },
  };
}

for (const engine of engines) {
  for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
    describe(`batchNormalization, with gradients, on ${engine.name} in ${dtype}`, () => {
      const subject = normalizationOn(engine, dtype);
      for (const law of normalizationLaws) {
        it(`obeys ${law.name}`, () => {
          expect(law.excuse(subject)).to.equal(undefined);
          law.check(subject, { runs });
        });
      }
    });
  }
}
