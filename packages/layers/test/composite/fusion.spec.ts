import { mul, recording, sum, valueAndGrad } from '@gradus/autodiff';
import { fill, Random, tensor, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  activation,
  batchNormalization,
  conv2d,
  dense,
  graph,
  input,
  maxPooling2d,
  relu,
  rootScope,
  sequence,
  type Layer,
} from '../../src/index';

const random = new Random(3);
const image = fill([2, 6, 7, 2], () => random.normal(), 'float64');
const rows = fill([4, 5], () => random.normal(), 'float64');
const conv = (config: Partial<Parameters<typeof conv2d>[0]> = {}) =>
  conv2d({ filters: 3, kernelSize: 3, biasInitializer: 'randomNormal', ...config });
const plain = { useBias: false };
/** Layers whose numbers all count. */
const normalized = (config: object = {}) =>
  batchNormalization({
    gammaInitializer: 'randomNormal',
    betaInitializer: 'randomNormal',
    movingMeanInitializer: 'randomNormal',
    ...config,
  });
const positive = () => activation({ activation: 'relu' });

interface Chain {
  readonly layers: readonly Layer[];
  /** The operations outside training and in it. */
  readonly ops: readonly [string, string];
}

const parts = 'add sqrt div mul sub mul';
const chains: Readonly<Record<string, Chain>> = {
  'a convolution and relu': { layers: [conv(), relu()], ops: ['conv2dBias', 'conv2dBias'] },
  'a convolution and relu by name': {
    layers: [conv(), positive()],
    ops: ['conv2dBias', 'conv2dBias'],
  },
  'a convolution without bias and relu': {
    layers: [conv(plain), relu()],
    ops: ['conv2dBias', 'conv2dBias'],
  },
  'a convolution, relu and max pooling': {
    layers: [conv(), relu(), maxPooling2d()],
    ops: ['conv2dBiasMaxPool', 'conv2dBiasMaxPool'],
  },
  'a convolution with relu and max pooling': {
    layers: [conv({ activation: 'relu' }), maxPooling2d()],
    ops: ['conv2dBiasMaxPool', 'conv2dBiasMaxPool'],
  },
  'a convolution and normalisation': {
    layers: [conv(), normalized()],
    ops: [`${parts} mul mul add conv2dBias`, 'conv2dBias batchNormalization'],
  },
  'a convolution without bias and normalisation': {
    layers: [conv(plain), normalized()],
    ops: [`${parts} mul conv2dBias`, 'conv2d batchNormalization'],
  },
  'a convolution, normalisation and relu': {
    layers: [conv(plain), normalized(), relu()],
    ops: [`${parts} mul conv2dBias`, 'conv2d batchNormalization relu'],
  },
  'a convolution, normalisation, relu and max pooling': {
    layers: [conv(), normalized(), positive(), maxPooling2d()],
    ops: [`${parts} mul mul add conv2dBiasMaxPool`, 'conv2dBias batchNormalization relu maxPool2d'],
  },
  'a convolution and normalisation that is frozen': {
    layers: [conv(), normalized({ trainable: false }), relu()],
    ops: [`${parts} mul mul add conv2dBias`, `${parts} mul mul add conv2dBias`],
  },
  'a convolution in groups and normalisation without gamma': {
    layers: [
      conv({ filters: 4, groups: 2, padding: 'same' }),
      normalized({ scale: false, center: false }),
    ],
    ops: [`${parts} mul mul add conv2dBias`, 'conv2dBias batchNormalization'],
  },
  'a dense layer and relu': {
    layers: [dense({ units: 3 }), relu()],
    ops: ['matMulBias', 'matMulBias'],
  },
  'a dense layer, normalisation and relu': {
    layers: [dense({ units: 3, biasInitializer: 'randomNormal' }), normalized(), relu()],
    ops: [`${parts} mul mul add matMulBias`, 'matMulBias batchNormalization relu'],
  },
  'a convolution with relu, and normalisation behind it': {
    layers: [conv({ activation: 'relu' }), normalized()],
    ops: ['conv2dBias normalize', 'conv2dBias batchNormalization'],
  },
  'a convolution with tanh and max pooling': {
    layers: [conv({ activation: 'tanh' }), maxPooling2d()],
    ops: ['conv2dBias tanh maxPool2d', 'conv2dBias tanh maxPool2d'],
  },
  'a convolution, max pooling and relu': {
    layers: [conv(), maxPooling2d(), relu()],
    ops: ['conv2dBiasMaxPool relu', 'conv2dBiasMaxPool relu'],
  },
  'a convolution and relu with an upper limit': {
    layers: [conv(), relu({ maxValue: 1 })],
    ops: ['conv2dBias relu greaterEqual where', 'conv2dBias relu greaterEqual where'],
  },
  'a convolution and another activation': {
    layers: [conv(), activation({ activation: 'tanh' })],
    ops: ['conv2dBias tanh', 'conv2dBias tanh'],
  },
};

const context = (training: boolean) => ({ training, random: new Random(0) });
const scope = () => rootScope('model', { random: new Random(1), dtype: 'float64' });

/** The layers one after the other, each by itself. */
function apart(layers: readonly Layer[], x: Tensor) {
  const root = scope();
  let shape: Shape = x.shape.slice(1);
  const calls = layers.map((layer, i) => {
    const call = root.build(`${i}_${layer.kind}`, layer, shape);
    shape = layer.outputShape(shape);
    return call;
  });
  const run = (at: Tensor, training: boolean): Tensor =>
    calls.reduce((value, call) => call(value, context(training)), at);
  return { run, variables: root.variables };
}

function together(layer: Layer, x: Tensor) {
  const root = scope();
  const call = layer.build(x.shape.slice(1), root);
  const run = (at: Tensor, training: boolean): Tensor => call(at, context(training));
  return { run, variables: root.variables };
}

function asGraph(layers: readonly Layer[], x: Tensor): Layer {
  const begin = input(x.shape.slice(1));
  const end = layers.reduce(
    (node, layer) => layer.apply(node),
    begin as ReturnType<Layer['apply']>,
  );
  return graph({ inputs: begin, outputs: end });
}

/** A loss in which every number has a weight of its own. */
const loss = (y: Tensor): Tensor =>
  sum(
    mul(
      y,
      fill(y.shape, (i) => 1 + Math.sin(i + 1), 'float64'),
    ),
  );

describe('Fusion', () => {
  for (const [what, { layers, ops }] of Object.entries(chains)) {
    const x = layers[0]!.kind === 'dense' ? rows : image;
    for (const training of [false, true]) {
      const when = training ? 'in training' : 'outside training';
      it(`of ${what} gives the plain values and gradients ${when}`, () => {
        const one = apart(layers, x);
        const expected = valueAndGrad(() => loss(one.run(x, training)), [x, ...one.variables]);
        for (const layer of [sequence(layers), asGraph(layers, x)]) {
          const other = together(layer, x);
          expectClose(other.run(x, training), one.run(x, training), { relative: 1e-12 });
          const found = valueAndGrad(() => loss(other.run(x, training)), [x, ...other.variables]);
          found.grads.forEach((slope, i) =>
            expectClose(slope, expected.grads[i]!, { relative: 1e-11 }),
          );
        }
      });

      it(`of ${what} runs these operations ${when}`, () => {
        const { run, variables } = together(sequence(layers), x);
        const watched = [x, ...variables.map(({ value }) => value)];
        const { tape } = recording(watched, () => run(x, training));
        const found = tape.entries.map(({ op }) => op);
        const wanted = ops[training ? 1 : 0].split(' ');
        expect(found.at(-1)).to.equal(wanted.at(-1));
        expect(found.filter((op) => /2d|matMul|normal|relu|tanh|Norm/.test(op))).to.deep.equal(
          wanted.filter((op) => /2d|matMul|normal|relu|tanh|Norm/.test(op)),
        );
      });
    }
  }

  it('follows the weights', () => {
    const x = tensor(Float64Array.of(1, 2), [2, 1]);
    const layers = [
      dense({ units: 1, kernelInitializer: 'ones' }),
      batchNormalization({ epsilon: 0 }),
    ];
    const { run, variables } = together(sequence(layers), x);
    expect(run(x, false).toArray()).to.deep.equal([[1], [2]]);
    const named = (end: string) => variables.find(({ name }) => name.endsWith(end))!;
    named('movingMean').assign(tensor(Float64Array.of(1)));
    named('movingVariance').assign(tensor(Float64Array.of(4)));
    named('beta').assign(tensor(Float64Array.of(7)));
    expect(run(x, false).toArray()).to.deep.equal([[7], [7.5]]);
  });
});
