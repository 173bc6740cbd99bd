import { mul } from '@gradus/autodiff';
import { OptionError, Random, tensor, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  add,
  constraints,
  conv2d,
  defineLayer,
  dense,
  fixedFilter,
  flatten,
  graph,
  initializers,
  input,
  lambda,
  layerFromJson,
  layerToJson,
  regularizers,
  rootScope,
  sequence,
  type AnyLayer,
  type Layer,
  type ReadingOptions,
} from '../../src/index';
import { checkLayer } from '../../testing';

const throughText = <L extends Layer>(layer: L, options: ReadingOptions = {}): Layer =>
  layerFromJson(JSON.parse(JSON.stringify(layerToJson(layer, options))), options);

describe('layerToJson', () => {
  it('writes kinds and configurations, as they were given', () => {
    const layer = sequence(
      [
        conv2d({
          filters: 2,
          kernelSize: [3, 1],
          kernelInitializer: 'heNormal',
          biasInitializer: initializers.constant(0.5),
          kernelRegularizer: regularizers.l2({ l2: 0.1 }),
          kernelConstraint: constraints.maxNorm({ axis: [0, 1, 2] }),
        }),
        flatten({ name: 'row' }),
      ],
      { name: 'net' },
    );
    expect(layerToJson(layer)).to.deep.equal({
      format: 'gradus/layer',
      version: 1,
      layer: {
        is: 'layer',
        kind: 'sequence',
        config: {
          layers: [
            {
              is: 'layer',
              kind: 'conv2d',
              config: {
                filters: 2,
                kernelSize: [3, 1],
                kernelInitializer: 'heNormal',
                biasInitializer: { is: 'initializer', kind: 'constant', config: { value: 0.5 } },
                kernelRegularizer: { is: 'regularizer', kind: 'l2', config: { l2: 0.1 } },
                kernelConstraint: {
                  is: 'constraint',
                  kind: 'maxNorm',
                  config: { maxValue: 2, axis: [0, 1, 2] },
                },
              },
            },
            { is: 'layer', kind: 'flatten', config: { name: 'row' } },
          ],
          name: 'net',
        },
      },
    });
  });

  it('writes a graph as steps, and a shared layer once', () => {
    const [x, y] = [input([2]), input([2], { name: 'other' })];
    const shared = dense({ units: 1 });
    const layer = graph({
      inputs: { x, y },
      outputs: add().apply([shared.apply(x), shared.apply(y)]),
      name: 'twins',
    });
    expect(layerToJson(layer).layer).to.deep.equal({
      is: 'layer',
      kind: 'graph',
      config: {
        inputs: { x: { shape: [2] }, y: { shape: [2], name: 'other' } },
        steps: [
          {
            layer: { is: 'layer', kind: 'dense', config: { units: 1 }, id: 0 },
            from: { input: 0 },
          },
          { layer: { is: 'layer', sameAs: 0 }, from: { input: 1 } },
          {
            layer: { is: 'layer', kind: 'add', config: {} },
            from: [{ step: 0 }, { step: 1 }],
          },
        ],
        outputs: { step: 2 },
        name: 'twins',
      },
    });
  });

  const wrong: readonly [what: string, layer: AnyLayer, message: string][] = [
    [
      'a function without a name',
      sequence([flatten(), lambda((x) => x)]),
      'layerToJson: expected functions that have a name to be saved under; received one without at ' +
        'layer.config.layers[1].config.f. Code is not saved. Name it here and when it is read: ' +
        '{ functions: { name: f } }.',
    ],
    [
      'an activation without a name',
      dense({ units: 1, activation: (x) => x }),
      'layerToJson: expected functions that have a name to be saved under; received one without at ' +
        'layer.config.activation. Code is not saved. Name it here and when it is read: ' +
        '{ functions: { name: f } }.',
    ],
    [
      'what JSON has no form for',
      defineLayer({ ...flatten(), config: { a: [new Map()] } }),
      'layerToJson: expected configurations of numbers, texts, lists, plain objects, tensors and ' +
        'layers; received something else at layer.config.a[0].',
    ],
    ['what is no layer', {} as never, 'layerToJson: expected a layer; received an object.'],
  ];
  for (const [what, layer, message] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => layerToJson(layer))
        .to.throw(OptionError)
        .with.property('message', message);
    });
  }
});

describe('layerFromJson', () => {
  it('makes an equal layer, with all that it was made with', () => {
    const leaky = (x: Tensor): Tensor => mul(x, 0.5);
    const layer = sequence([
      fixedFilter({ kernel: tensor([1, 2, 3, 4], [2, 2]), name: 'fixed' }),
      conv2d({ filters: 1, kernelSize: 1, activation: leaky, kernelInitializer: 'ones' }),
      lambda(leaky, { outputShape: [2, 2, 1] }),
    ]);
    const reading = { functions: { leaky } };
    checkLayer(layer, {
      reading,
      input: [3, 3, 1],
      outputShape: () => [2, 2, 1],
      weights: { '1_conv2d/kernel': [1, 1, 1, 1], '1_conv2d/bias': [1] },
      parameters: { trainable: 2, nonTrainable: 0 },
    });
  });

  it('keeps numbers that JSON cannot write, and tensors', () => {
    const config = { low: -Infinity, none: NaN, kernel: tensor([0.1, -2], [1, 2]), gap: undefined };
    const layer = defineLayer({ ...flatten(), kind: 'own', config });
    const own = (given: object): Layer => defineLayer({ ...flatten(), kind: 'own', config: given });
    const read = throughText(layer, { layers: { own } }).config as typeof config;
    expect(Object.keys(read)).to.deep.equal(['low', 'none', 'kernel']);
    expect([read.low, read.none]).to.deep.equal([-Infinity, NaN]);
    expect(read.kernel.dtype).to.equal('float32');
    expect(read.kernel.toArray()).to.deep.equal([[Math.fround(0.1), -2]]);
  });

  it('keeps regularizers, constraints and initializers of your own', () => {
    const half = () => ({ ...regularizers.l1({ l1: 0.5 }), kind: 'half' });
    const layer = dense({
      units: 1,
      kernelRegularizer: half(),
      kernelConstraint: 'nonNeg',
      kernelInitializer: initializers.constant(-3),
    });
    const scope = rootScope('model', { random: new Random(0) });
    throughText(layer, { regularizers: { half } }).build([2], scope);
    expect(scope.penalty()!.item()).to.equal(3);
    scope.constrain();
    expect(scope.penalty()!.item()).to.equal(0);
    expect(() => throughText(layer)).to.throw(
      "layerFromJson: expected a known kind of regularizer; received 'half' at " +
        'layer.config.kernelRegularizer. If it is your own, give a function that makes it of its ' +
        'config: { regularizers: { half } }.',
    );
  });

  it('shares a layer that was shared', () => {
    const shared = dense({ units: 2 });
    const read = throughText(sequence([shared, sequence([shared, dense({ units: 2 })]), shared]));
    const scope = rootScope('model', { random: new Random(0) });
    read.build([2], scope);
    expect(scope.variables).to.have.length(4);
  });

  const saved = (layer: unknown, more: object = {}) => ({
    format: 'gradus/layer',
    version: 1,
    layer,
    ...more,
  });
  const of = (kind: unknown, config: unknown) => saved({ is: 'layer', kind, config });
  const foreign: readonly [json: unknown, message: string][] = [
    [null, "expected what layerToJson wrote, with format 'gradus/layer'; received null."],
    [[], "expected what layerToJson wrote, with format 'gradus/layer'; received []."],
    [
      { class_name: 'Sequential' },
      "expected what layerToJson wrote, with format 'gradus/layer'; received undefined.",
    ],
    [saved({}, { version: 2 }), 'expected version 1; received 2.'],
    [saved(3), 'expected a layer; received 3 at layer.'],
    [saved({}), 'expected a layer; received an object at layer.'],
    [
      of('conv9d', {}),
      "expected a known kind of layer; received 'conv9d' at layer. If it is your own, give a " +
        'function that makes it of its config: { layers: { conv9d } }.',
    ],
    [of('toString', {}), "expected a known kind of layer; received 'toString' at layer."],
    [of(7, {}), 'expected a known kind of layer; received 7 at layer.'],
    [of('dense', null), 'expected a configuration; received null at layer.config.'],
    [
      of('lambda', { f: { is: 'function', name: 'f' } }),
      "expected the name of a function that is given; received 'f' at layer.config.f. If it is your " +
        'own, give it: { functions: { f } }.',
    ],
    [
      of('sequence', { layers: [{ is: 'layer', sameAs: 0 }] }),
      'expected a layer that is described before; received 0 at layer.config.layers[0].',
    ],
    [
      of('dense', { units: { is: 'wizard' } }),
      'expected something that is a layer, tensor or other part of one; received ' +
        "'wizard' at layer.config.units.",
    ],
    [
      of('dense', { units: { is: 'tensor', dtype: 'float16', values: [] } }),
      "expected a tensor of numbers; received 'float16' at layer.config.units.",
    ],
    [of('dense', { units: -1 }), 'dense: expected units to be a whole number of at least 1'],
    [of('sequence', {}), 'sequence: expected a list of layers; received undefined.'],
    [of('graph', {}), 'graph: expected inputs, each with its shape; received undefined.'],
    [
      of('graph', { inputs: { shape: [1] }, outputs: { step: 0 }, steps: [{}] }),
      'graph: expected steps with layers; received undefined.',
    ],
    [
      of('graph', { inputs: { shape: [1] }, outputs: { step: 4 }, steps: [] }),
      'graph: expected references to its inputs, and to steps that come before; received {"step":4}.',
    ],
    [
      of('graph', { inputs: { shape: [1] }, outputs: 'x', steps: [] }),
      "graph: expected references to outputs; received 'x'.",
    ],
  ];
  for (const [json, message] of foreign) {
    it(`says of ${JSON.stringify(json)} that it ${message.slice(0, 40)}`, () => {
      expect(() => layerFromJson(json)).to.throw(OptionError, message);
    });
  }
});
