import type { Tensor } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { tryLaws, type Law, type Subject } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { loops } from '../../../src/index';
import {
  batchNormalizationOf,
  convolutionLaws,
  convolutionOf,
  normalizationLaws,
  poolingLaws,
  poolingOf,
  softmaxLaws,
  transposedConvolutionLaws,
  transposedConvolutionOf,
} from '../../../testing/index';
import { soundSoftmax } from './softmax/wrongSoftmaxes';

/** What the laws say of an implementation, each sentence once. */
function complaints<S extends Subject>(laws: readonly Law<S>[], subject: S): string[] {
  const outcomes = tryLaws(laws, subject, { runs: 1 });
  const causes = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error.cause]));
  return [...new Set(causes.map((cause) => (cause as Error).message))];
}

function sayWhatIsNoTensor<S extends Subject>(
  family: string,
  laws: readonly Law<S>[],
  sound: S,
  parts: Readonly<Record<string, string>> = {},
): void {
  const names = Object.entries(sound).filter(([, value]) => typeof value === 'function');
  for (const [name] of names.filter(([one]) => one !== 'sharing')) {
    it(`${family} say that ${name} gives no tensor, if it gives none`, () => {
      for (const result of [null, [1, 2]]) {
        const what = `${name} to give a tensor${parts[name] ?? ''}`;
        expect(complaints(laws, { ...sound, [name]: () => result })).to.deep.equal([
          `expected ${what}; received ${inWords(result)}.`,
        ]);
      }
    });
  }
}

describe('The laws of', () => {
  sayWhatIsNoTensor('convolution', convolutionLaws, convolutionOf(loops, 'float64'));
  sayWhatIsNoTensor('pooling', poolingLaws, poolingOf(loops, 'float64'));
  sayWhatIsNoTensor('softmax', softmaxLaws, soundSoftmax);
  const normalization = batchNormalizationOf(loops, 'float64');
  sayWhatIsNoTensor('normalisation', normalizationLaws, normalization, {
    parameterGradient: ' as gamma',
  });
  const transposed = transposedConvolutionOf(loops, 'float64');
  sayWhatIsNoTensor('transposed convolution', transposedConvolutionLaws, transposed);

  it('normalisation say which part of a pair is no tensor', () => {
    const { parameterGradient } = normalization;
    const wrong = {
      ...normalization,
      parameterGradient: (...given: Parameters<typeof parameterGradient & object>) => ({
        ...parameterGradient!(...given),
        beta: undefined as never,
      }),
    };
    expect(complaints(normalizationLaws, wrong)).to.deep.equal([
      'expected parameterGradient to give a tensor as beta; received undefined.',
    ]);
  });

  it('softmax are about objects with methods, too', () => {
    class Softmax {
      readonly name = 'an object';
      readonly dtype = 'float64' as const;
      readonly #exact = soundSoftmax.softmax!;

      softmax(x: Tensor): Tensor {
        return this.#exact(x);
      }
    }
    expect(complaints(softmaxLaws, new Softmax())).to.deep.equal([]);
  });
});
