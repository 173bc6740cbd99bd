import { LawError, mapped } from '@gradus/tensor/testing';
import { expect } from 'chai';
import { loops } from '../../../../src/index';
import {
  engines,
  transposedConvolutionLaws,
  transposedConvolutionOf,
  transposedShape,
  type TransposedConvolution,
} from '../../../../testing/index';
import { flipped, windowOf } from '../../../../testing/laws/rearrange';

describe('The laws of transposed convolution', () => {
  for (const engine of engines) {
    for (const dtype of ['float64', 'float32'] as const) {
      for (const { name, statement, check } of transposedConvolutionLaws) {
        it(`hold for ${engine.name} in ${dtype}: ${name}: ${statement}`, () => {
          check(transposedConvolutionOf(engine, dtype));
        });
      }
    }
  }

  const right = transposedConvolutionOf(loops, 'float64');
  const { conv2dTranspose } = right;
  const wrong: readonly [
    what: string,
    conv2dTranspose: TransposedConvolution['conv2dTranspose'],
  ][] = [
    [
      'turns the filter',
      (x, filter, settings) => conv2dTranspose(x, flipped(filter, [0, 1]), settings),
    ],
    [
      'exchanges the strides',
      (x, filter, settings) => {
        const [vertical, horizontal] = settings.strides;
        return conv2dTranspose(x, filter, { ...settings, strides: [horizontal, vertical] });
      },
    ],
    [
      'is a pixel off where it is strided',
      (x, filter, settings) => {
        const y = conv2dTranspose(x, filter, settings);
        return windowOf(y, [0, settings.strides[0] - 1, 0, 0], y.shape);
      },
    ],
    [
      'gives a result that is one row short',
      (x, filter, settings) => {
        const [batch, height, width, channels] = transposedShape(x.shape, filter.shape, settings);
        const size = [batch!, Math.max(height! - 1, 1), width!, channels!];
        return windowOf(conv2dTranspose(x, filter, settings), [0, 0, 0, 0], size);
      },
    ],
    [
      'divides by the stride',
      (x, filter, settings) =>
        mapped(conv2dTranspose(x, filter, settings), (value) => value / settings.strides[0]),
    ],
  ];
  for (const [what, method] of wrong) {
    it(`catch one that ${what}`, () => {
      const [law] = transposedConvolutionLaws;
      expect(() => law!.check({ ...right, conv2dTranspose: method }))
        .to.throw(LawError)
        .with.property('law', 'transposed-convolution/is-adjoint');
    });
  }

  it("do not apply to what knows neither 'valid' nor 'same'", () => {
    const excuse = transposedConvolutionLaws[0]!.excuse({
      ...right,
      limits: { paddings: ['explicit'] },
    });
    expect(excuse).to.equal('it has no padding that is valid or same');
  });
});
