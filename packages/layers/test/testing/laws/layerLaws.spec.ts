import { cast, customGradient, mean, mul, sub, sum } from '@gradus/autodiff';
import { engines } from '@gradus/autodiff/testing';
import { ones, type Shape, type Tensor } from '@gradus/tensor';
import { checkLaws, configuredRuns, inCode, LawError } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { defineLayer, type CallContext, type Layer } from '../../../src/index';
import { layerCase, layerLaws, layersOn } from '../../../testing';

type Body = (x: Tensor, w: Tensor, context: CallContext) => Tensor;

/** x w, [n] to [n], unless told otherwise. */
const scale = (body: Body = (x, w) => mul(x, w), change: Partial<Layer> = {}): Layer =>
  defineLayer({
    kind: 'scale',
    config: {},
    outputShape: (input) => input,
    build(input, scope) {
      const w = scope.variable('w', input, 'randomNormal');
      return (x, context) => body(x, w.value, context);
    },
    ...change,
  });

/** Such layers for samples of 1 to 3 numbers; reading gives the layer itself unless told otherwise. */
const family = (layer: Layer, read: () => Layer = () => layer) =>
  layersOn(
    engines[1]!,
    'scale',
    fc
      .integer({ min: 1, max: 3 })
      .map((size) => layerCase(layer, [size], 'scale()', { layers: { scale: read } })),
  );

const wrongSlope = customGradient('wrong', (x: Tensor) => ({
  value: mul(x, 2),
  gradient: (dy) => [mul(dy, 2.001)],
}));

/** So many for each law; more in long runs. */
const runs = configuredRuns(5);

let calls = 0;

const wrong: readonly (readonly [string, Layer, string, (() => Layer)?])[] = [
  [
    'another shape than it says',
    scale(undefined, { outputShape: (input) => [...input, 1] }),
    'layer/output-shape',
  ],
  ['a wrong gradient', scale((x, w) => wrongSlope(mul(x, w))), 'layer/gradient'],
  [
    'a constant that forgets its element type',
    scale((x, w) => cast(mul(cast(x, 'float32'), cast(w, 'float32')), x.dtype)),
    'layer/gradient',
  ],
  [
    'other numbers in float32',
    scale((x, w) => mul(mul(x, w), x.dtype === 'float32' ? 1.001 : 1)),
    'layer/equals-reference',
  ],
  [
    'samples that see each other',
    scale((x, w) => mul(sub(x, mean(x, { axis: 0, keepDims: true })), w)),
    'layer/samples-apart',
  ],
  [
    'something new at each call',
    scale((x, w) => mul(mul(x, w), 1 + (calls++ % 7) / 64)),
    'layer/same-seed-same-bits',
  ],
  [
    'noise outside training, other at each place in a model',
    scale((x, w, { random }) => mul(mul(x, w), 1 + random.uniform())),
    'layer/one-set-of-weights',
  ],
  [
    'an update outside training',
    scale(undefined, {
      build(input: Shape, scope) {
        const w = scope.variable('w', input, 'ones', { trainable: false });
        return (x, { update }) => {
          update?.(w, (before) => mul(before, 2));
          return mul(x, w.value);
        };
      },
    }),
    'layer/state-in-training-only',
  ],
  [
    'other first weights once it is read',
    scale(),
    'layer/saved-and-read',
    () =>
      scale(undefined, {
        build(input: Shape, scope) {
          const w = scope.variable('w', input, 'ones');
          return (x) => mul(x, w.value);
        },
      }),
  ],
  [
    'an error of its own for other shapes',
    scale(undefined, {
      outputShape(input) {
        if (input.length !== 1) throw new TypeError('no');
        return input;
      },
    }),
    'layer/other-shapes',
  ],
];

const byTotal: Body = (x, w) => mul(x, sum(mul(w, ones(w.shape, w.dtype))));

describe('The laws of layers', () => {
  it("hold for a layer of one's own", () => {
    for (const body of [undefined, byTotal]) checkLaws(layerLaws, family(scale(body)), { runs });
  });

  for (const [what, layer, law, read] of wrong) {
    it(`catch ${what}: ${law}`, () => {
      const { check } = layerLaws.find(({ name }) => name === law)!;
      expect(() => check(family(layer, read)))
        .to.throw(LawError)
        .with.property('law', law);
    });
  }

  it('each can fail', () => {
    const caught = new Set(wrong.map(([, , law]) => law));
    expect(layerLaws.filter(({ name }) => !caught.has(name))).to.deep.equal([]);
  });

  it('name the layer, the engine, the seed and the smallest case', () => {
    const [, layer] = wrong[1]!;
    const law = layerLaws.find(({ name }) => name === 'layer/gradient')!;
    expect(() => law.check(family(layer))).to.throw(
      'layer/gradient does not hold for scale on loops: ',
    );
    expect(inCode(layerCase(layer, [1], 'scale()'))).to.equal('{ layer: scale(), input: [1] }');
  });
});
