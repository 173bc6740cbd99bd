import { recording } from '@gradus/autodiff';
import { OptionError, Random, ShapeError, tensor, type Shape, type Tensor } from '@gradus/tensor';
import { expect } from 'chai';
import { dense, rootScope, sequence, type DenseConfig } from '../src/index';
import { checkLayer } from '../testing';

const build = (config: DenseConfig, input: Shape) => {
  const scope = rootScope('model', { random: new Random(1) });
  const call = dense(config).build(input, scope);
  const context = { training: false, random: new Random(1) };
  return { variables: scope.variables, call: (x: Tensor) => call(x, context) };
};

describe('dense', () => {
  it('has the defaults of Keras: a bias of zeros, glorotUniform, no activation', () => {
    const { variables, call } = build({ units: 50 }, [30]);
    const [kernel, bias] = variables;
    expect(variables.map(({ name }) => name)).to.deep.equal(['model/kernel', 'model/bias']);
    expect(kernel!.value.shape).to.deep.equal([30, 50]);
    expect(bias!.value.toTypedArray().every((value) => value === 0)).to.be.true;
    const limit = Math.sqrt(6 / (30 + 50));
    const magnitudes = [...kernel!.value.toTypedArray()].map(Math.abs);
    expect(Math.max(...magnitudes)).to.be.within(0.95 * limit, limit);
    const x = tensor(new Float32Array(30).fill(1), [1, 30]);
    expect(Math.min(...call(x).toTypedArray())).to.be.below(0);
    expect(variables.every(({ trainable }) => trainable)).to.be.true;
  });

  it('multiplies by the kernel, adds the bias, and then activates', () => {
    const { variables, call } = build({ units: 2, activation: 'relu' }, [3]);
    variables[0]!.assign(tensor([1, -1, 2, -2, 3, -3], [3, 2]));
    variables[1]!.assign(tensor([0.5, 33]));
    // 1 x 1 + 2 x 10 + 3 x 0.5 + 0.5, and 33 less 22.5; in the second row 33 less 60.
    const x = tensor([1, 10, 0.5, 0, 0, 20], [2, 3]);
    expect(call(x).toArray()).to.deep.equal([
      [23, 10.5],
      [60.5, 0],
    ]);
  });

  it('is one operation with its bias and with relu, and two with another activation', () => {
    const operations: readonly [config: DenseConfig, ops: readonly string[]][] = [
      [{ units: 2 }, ['matMulBias']],
      [{ units: 2, activation: 'relu' }, ['matMulBias']],
      [{ units: 2, activation: 'tanh' }, ['matMulBias', 'tanh']],
      [{ units: 2, activation: 'relu', useBias: false }, ['matMul', 'relu']],
    ];
    for (const [config, ops] of operations) {
      const { call } = build(config, [3]);
      const x = tensor([1, 2, 3], [1, 3]);
      const { tape } = recording([x], () => call(x));
      expect(tape.entries.map(({ op }) => op)).to.deep.equal(ops);
    }
  });

  it('acts on the last axis of samples with several, as Keras does', () => {
    const { variables, call } = build({ units: 1, useBias: false }, [2, 2]);
    variables[0]!.assign(tensor([1, 10], [2, 1]));
    expect(variables).to.have.length(1);
    expect(call(tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])).toArray()).to.deep.equal([
      [[21], [43]],
      [[65], [87]],
    ]);
  });

  it('makes probabilities with softmax', () => {
    const { variables, call } = build({ units: 2, activation: 'softmax' }, [1]);
    variables[0]!.assign(tensor([[Math.log(3), 0]]));
    const [first, second] = call(tensor([[1]])).toTypedArray();
    expect(first).to.be.closeTo(0.75, 1e-7);
    expect(second).to.be.closeTo(0.25, 1e-7);
  });

  it('makes weights that training leaves alone if it is not trainable', () => {
    const { variables } = build({ units: 2, trainable: false }, [1]);
    expect(variables.map(({ trainable }) => trainable)).to.deep.equal([false, false]);
  });

  it('takes its first values from the initializers it is given', () => {
    const initializers = { kernelInitializer: 'ones', biasInitializer: 'ones' } as const;
    const { variables } = build({ units: 2, ...initializers }, [1]);
    expect(variables.map(({ value }) => value.toArray())).to.deep.equal([[[1, 1]], [1, 1]]);
  });

  const kept: readonly [input: number[], config: DenseConfig][] = [
    [[3], { units: 2 }],
    [[2, 1], { units: 3, activation: 'tanh', useBias: false }],
    [[2, 2, 2], { units: 3, activation: 'logSoftmax' }],
    [[4], { units: 1, activation: 'sigmoid' }],
    [[2, 3], { units: 2, activation: 'relu' }],
    [[3], { units: 2, activation: 'relu', useBias: false }],
  ];
  for (const [input, config] of kept) {
    it(`keeps the contract of layers: [${input.join(', ')}], ${JSON.stringify(config)}`, () => {
      const { units, useBias = true } = config;
      const features = input.at(-1)!;
      checkLayer(dense(config), {
        input,
        outputShape: (shape) => [...shape.slice(0, -1), units],
        weights: { kernel: [features, units], ...(useBias ? { bias: [units] } : {}) },
        parameters: { trainable: features * units + (useBias ? units : 0), nonTrainable: 0 },
      });
    });
  }

  const wrongUnits: readonly unknown[] = [0, -1, 1.5, NaN, undefined];
  for (const units of wrongUnits) {
    it(`refuses ${String(units)} units`, () => {
      expect(() => dense({ units } as DenseConfig))
        .to.throw(OptionError)
        .with.property(
          'message',
          `dense: expected units to be a whole number of at least 1; received ${String(units)}.`,
        );
    });
  }

  it('refuses samples without an axis or without features, naming its path', () => {
    const scope = rootScope('model', { random: new Random(1) });
    const layer = sequence([dense({ units: 1 })]);
    expect(() => layer.build([], scope))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model/0_dense: dense: expected samples [..., features] of at least one feature; ' +
          'received []. A sample is one number; give it an axis: [samples, 1].',
      );
    expect(() => dense({ units: 1 }).outputShape([3, 0]))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'dense: expected samples [..., features] of at least one feature; received [3, 0].',
      );
  });
});
