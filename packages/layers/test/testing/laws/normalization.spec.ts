import { mul, sum, valueAndGrad, withBackend, type Backend, type Variable } from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import { Random, type FloatDType, type Tensor } from '@gradus/tensor';
import { configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  normalizationLaws,
  perChannel,
  perGroup,
  perInstance,
  perPixel,
  perSample,
  type NormalizationImplementation,
  type NormalizationParameters,
} from '../../../../kernels/testing/laws/normalization';
import {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  rootScope,
  type Layer,
} from '../../../src/index';

// A long run tries as many as it says.
const runs = configuredRuns(3);

const epsilon = 1e-3;

/** Each layer of normalisation, and what it takes together. */
const normalizations: readonly [
  name: string,
  layer: Layer,
  parts: Pick<NormalizationImplementation, 'sharing' | 'channelsMultipleOf'>,
][] = [
  ['batchNormalization', batchNormalization({ epsilon }), { sharing: perChannel }],
  ['layerNormalization', layerNormalization({ epsilon }), { sharing: perPixel }],
  [
    'groupNormalization of 2 groups',
    groupNormalization({ groups: 2, epsilon }),
    { sharing: perGroup(2), channelsMultipleOf: 2 },
  ],
  [
    'groupNormalization of 1 group',
    groupNormalization({ groups: 1, epsilon }),
    { sharing: perSample },
  ],
  ['instance normalization', groupNormalization({ groups: -1, epsilon }), { sharing: perInstance }],
];

interface Built {
  readonly weights: readonly [gamma: Variable, beta: Variable];
  readonly run: (x: Tensor) => Tensor;
}

/** The layer as it is in training, with these parameters. */
function built(layer: Layer, x: Tensor, { gamma, beta }: NormalizationParameters): Built {
  const scope = rootScope('model', { random: new Random(0), dtype: x.dtype as FloatDType });
  const call = scope.build('layer', layer, x.shape.slice(1));
  const weights = ['gamma', 'beta'].map((name) =>
    scope.variables.find((variable) => variable.name === `model/layer/${name}`)!,
  ) as [Variable, Variable];
  weights[0].assign(gamma);
  weights[1].assign(beta);
  return { weights, run: (at) => call(at, { training: true, random: new Random(0) }) };
}

function implementationOf(
  [name, layer, parts]: (typeof normalizations)[number],
  engine: Backend,
  dtype: FloatDType,
): NormalizationImplementation {
  const gradients = (
    dy: Tensor,
    x: Tensor,
    parameters: NormalizationParameters,
  ): readonly Tensor[] =>
    withBackend(engine, () => {
      const { weights, run } = built(layer, x, parameters);
      return valueAndGrad(() => sum(mul(run(x), dy)), [x, ...weights]).grads;
    });
  return {
    name: `${name} on ${engine.name}, ${dtype}`,
    dtype,
    epsilon,
    ...parts,
    normalize: (x, parameters) => withBackend(engine, () => built(layer, x, parameters).run(x)),
    inputGradient: (dy, x, parameters) => gradients(dy, x, parameters)[0]!,
    parameterGradient(dy, x, parameters) {
      const [, gamma, beta] = gradients(dy, x, parameters);
      return { gamma: gamma!, beta: beta! };
    },
  };
}

for (const engine of engines) {
  for (const dtype of ['float64', 'float32'] as const satisfies readonly FloatDType[]) {
    for (const normalization of normalizations) {
      const subject = implementationOf(normalization, engine, dtype);
      describe(subject.name, () => {
        for (const law of normalizationLaws) {
          it(`obeys ${law.name}`, () => {
            expect(law.excuse(subject)).to.equal(undefined);
            law.check(subject, { runs });
          });
        }
      });
    }
  }
}
