import {
  add,
  cast,
  currentBackend,
  customGradient,
  mean,
  mul,
  relu,
  stopGradient,
  sub,
  sum,
  type Variable,
} from '@gradus/autodiff';
import { broadcastShapes, ones, Random, zeros, type Shape, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { defineLayer, type CallContext, type Layer, type Scope } from '../../src/index';
import { checkLayer } from '../../testing';

type Body = (x: Tensor, w: Tensor, context: CallContext) => Tensor;

/** x w + 1, [n] to [n], unless told otherwise. */
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

const expected = {
  input: [3],
  outputShape: (shape: Shape) => shape,
  weights: { w: [3] },
  parameters: { trainable: 3, nonTrainable: 0 },
};

/** Reading gives the layer itself, unless told otherwise: what is checked there is another matter. */
const check = (layer: Layer, read: () => Layer = () => layer): void =>
  checkLayer(layer, { ...expected, reading: { layers: { scale: read } } });

const building = (make: (input: Shape, scope: Scope) => Variable): Layer =>
  scale(undefined, {
    build(input, scope) {
      const w = make(input, scope);
      return (x) => mul(x, w.value);
    },
  });

const wrongGradient = customGradient('wrong', (x: Tensor) => ({
  value: mul(x, 2),
  gradient: (dy) => [mul(dy, 2.001)],
}));

describe('checkLayer', () => {
  it('accepts a layer that keeps the contract', () => {
    check(scale());
  });

  it('accepts a layer that draws random numbers in training only', () => {
    const noise: Body = (x, w, { training, random }) =>
      training ? mul(mul(x, w), 1 + random.uniform()) : mul(x, w);
    check(scale(noise));
  });

  it('accepts a layer of several inputs and outputs, in lists and by name', () => {
    const none = { weights: {}, parameters: { trainable: 0, nonTrainable: 0 } };
    const addition = defineLayer<readonly Tensor[]>({
      kind: 'addition',
      config: {},
      outputShape: (shapes) =>
        shapes.reduce((all, shape) => broadcastShapes('addition', all, shape)),
      build: () => (xs) => xs.reduce((total, x) => add(total, x)),
    });
    type Pair = { readonly b: Tensor; readonly a: Tensor };
    const both = defineLayer<Pair, Pair>({
      kind: 'both',
      config: {},
      outputShape: ({ b, a }) => ({ a: b, b: a }),
      build:
        () =>
        ({ b, a }) => ({ a: mul(b, 2), b: mul(a, 3) }),
    });
    const reading = { layers: { addition: () => addition, both: () => both } };
    checkLayer(addition, {
      ...none,
      reading,
      input: [[2], [2], [2]],
      outputShape: ([first]) => first!,
    });
    checkLayer<Pair, Pair>(both, {
      ...none,
      reading,
      input: { b: [2], a: [3] },
      outputShape: () => ({ a: [2], b: [3] }),
    });
  });

  it('accepts a scalar for each sample', () => {
    checkLayer(scale(), {
      ...expected,
      reading: { layers: { scale: () => scale() } },
      input: [],
      weights: { w: [] },
      parameters: { trainable: 1, nonTrainable: 0 },
    });
  });

  const shared = new Random(1);
  const constants: Readonly<Record<string, Tensor>> = {
    float32: ones([3]),
    float64: ones([3], 'float64'),
  };
  let calls = 0;
  /** A number that only shows in float32, where it is below the tolerance but not 0. */
  const single = ({ dtype }: Tensor, size: number): number => (dtype === 'float32' ? size : 0);

  const defects: readonly [string, Layer, RegExp][] = [
    [
      'says another shape',
      scale(undefined, { outputShape: () => [4] }),
      /^scale: outputShape: expected \[3\]; received \[4\]\.$/,
    ],
    [
      'returns another shape',
      scale((x, w) => sum(mul(x, w), { axis: 1 })),
      /^scale: result of a batch of 2: expected \[2, 3\]; received \[2\]\.$/,
    ],
    [
      'calls its weight otherwise',
      building((input, scope) => scope.variable('kernel', input, 'ones')),
      /^scale: weights: expected model\/layer\/w \[3\]; received model\/layer\/kernel \[3\]\.$/,
    ],
    [
      'gives its weight another shape',
      building((_, scope) => scope.variable('w', [1], 'ones')),
      /^scale: weights: expected model\/layer\/w \[3\]; received model\/layer\/w \[1\]\.$/,
    ],
    [
      'has a weight that is not trainable',
      building((input, scope) => scope.variable('w', input, 'ones', { trainable: false })),
      /^scale: trainable parameters: expected 3; received 0\.$/,
    ],
    [
      'forgets to use its weight',
      scale((x) => mul(x, 2)),
      /model\/layer\/w: expected a weight that counts; its gradient is 0\.$/,
    ],
    [
      'hides a part of the gradient',
      scale((x, w) => add(mul(x, w), mul(stopGradient(x), w))),
      /^scale: on reference: outside training: gradient of input against central differences: /,
    ],
    [
      'has a wrong gradient with respect to its weight',
      scale((x, w) => mul(x, wrongGradient(w))),
      /gradient of model\/layer\/w against central differences: /,
    ],
    [
      'has a wrong gradient in training only',
      scale((x, w, { training }) => (training ? mul(x, wrongGradient(w)) : mul(x, w))),
      /: in training: gradient of model\/layer\/w against central differences: /,
    ],
    [
      'has a wrong gradient on one engine',
      scale((x, w) => mul(x, currentBackend().name === 'simd' ? wrongGradient(w) : mul(w, 2))),
      /^scale: on simd: outside training: float64 gradient of model\/layer\/w: expected/,
    ],
    [
      'has a kink at a number drawn',
      scale((x, w) => mul(relu(sub(x, 1 / 64)), w)),
      /differences: too little can be said of it: 1 of 9 slopes have no value, .* at a kink/,
    ],
    [
      'computes in float32',
      scale((x, w) => cast(cast(mul(x, w), 'float32'), x.dtype)),
      /gradients? .*against central differences: /,
    ],
    [
      'returns float64 in a float32 model',
      scale((x, w) => cast(mul(x, w), 'float64')),
      /^scale: on reference: outside training: float32 result: its element type is float64\.$/,
    ],
    [
      'loses digits in float32',
      scale((x, w) => sub(add(mul(x, w), 1000), 1000)),
      /: float32 result: expected/,
    ],
    [
      'takes the mean over the batch outside training',
      scale((x, w) => sub(mul(x, w), mean(x, { axis: 0, keepDims: true }))),
      /: sample 0 alone and in a batch of 3: expected/,
    ],
    [
      'draws first values from somewhere else',
      building((input, scope) =>
        scope.variable('w', input, {
          kind: 'mine',
          config: {},
          create: (shape, _, dtype) => add(zeros(shape, dtype), shared.uniform(1, 2)),
        }),
      ),
      /: first values of model\/layer\/w in two models of one seed: expected/,
    ],
    [
      'counts its calls',
      scale((x, w) => mul(mul(x, w), 1 + (calls++ % 2) * single(x, 2 ** -20))),
      /^scale: on reference: result of two calls outside training: expected/,
    ],
    [
      'writes to its input',
      scale((x, w) => {
        if (x.dtype === 'float32') x.data[0] = Math.round(x.data[0]! * 64) / 64 + 2 ** -23;
        return mul(x, w);
      }),
      /^scale: on reference: input \[2, 3\]: the layer changed it\.$/,
    ],
    [
      'makes its weight when it is called',
      scale(undefined, {
        build: () => (x) => mul(x, constants[x.dtype]!),
      }),
      /^scale: weights: expected model\/layer\/w \[3\]; received none\.$/,
    ],
  ];
  for (const [title, layer, message] of defects) {
    it(`refuses a layer that ${title}`, () => {
      expect(() => check(layer)).to.throw(message);
    });
  }

  it('refuses a layer that is not read as it was written', () => {
    expect(() => check(scale(), () => scale((x, w) => mul(x, mul(w, 2))))).to.throw(
      /^scale: saved and read again: result: expected/,
    );
    expect(() => check(scale(), () => scale(undefined, { name: 'other' }))).to.throw(
      /^scale: saved and read again: kind and name: expected scale undefined; received scale other\.$/,
    );
    expect(() => check(scale(), () => scale(undefined, { config: { a: 1 } }))).to.throw(
      /^scale: saved and read again: the text: expected/,
    );
    const frozen = building((input, scope) =>
      scope.variable('w', input, 'randomNormal', { trainable: false }),
    );
    expect(() => check(scale(), () => frozen)).to.throw(
      'scale: saved and read again: weights: expected model/layer/w true; received model/layer/w false.',
    );
    expect(() => checkLayer(scale(), expected)).to.throw(
      "layerFromJson: expected a known kind of layer; received 'scale' at layer.",
    );
  });

  it('refuses a layer whose errors are not about its arguments, or whose shapes are wrong', () => {
    const strict = scale(undefined, {
      outputShape: (input) => {
        if (input[0] !== 3) throw new Error('not three');
        return input;
      },
    });
    expect(() => check(strict)).to.throw(
      'scale: outputShape of []: expected an error about it; received Error: not three',
    );
    const liar = scale(undefined, { outputShape: (input) => (input.length === 1 ? input : [1]) });
    expect(() => check(liar)).to.throw(
      'scale: built for []: expected an error about it; received Error: result: expected [1, 1]; ' +
        'received [1].',
    );
  });

  it('refuses a layer that keeps the weight of the first model it was built in', () => {
    let first: Variable | undefined;
    const layer = building((input, scope) => {
      const made = scope.variable('w', input, 'ones');
      first ??= made;
      return first.value.dtype === scope.dtype ? first : made;
    });
    expect(() => check(layer)).to.throw(/: expected a weight that counts/);
  });

  it('refuses a layer whose seed does not decide all it draws', () => {
    const own = new Random(3);
    const noise: Body = (x, w, { training }) =>
      training ? mul(mul(x, w), own.uniform(1, 2)) : mul(x, w);
    expect(() => check(scale(noise))).to.throw(/in training: /);
  });

  it('keeps the error as the cause', () => {
    const failure = new Error('mine');
    const broken = scale(() => {
      throw failure;
    });
    expect(() => check(broken))
      .to.throw('scale: mine')
      .with.property('cause', failure);
  });
});
