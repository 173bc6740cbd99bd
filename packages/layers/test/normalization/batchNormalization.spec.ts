import { engines } from '@gradus/autodiff/testing';
import { withBackend } from '@gradus/autodiff';
import { OptionError, Random, ShapeError, tensor, type Shape, type Tensor } from '@gradus/tensor';
import { expectClose } from '@gradus/tensor/testing';
import { expect } from 'chai';
import {
  batchNormalization,
  rootScope,
  sequence,
  StateUpdates,
  type BatchNormalizationConfig,
} from '../../src/index';
import { checkLayer } from '../../testing';

function build(config: BatchNormalizationConfig, input: Shape) {
  const scope = rootScope('model', { random: new Random(1), dtype: 'float64' });
  const call = batchNormalization(config).build(input, scope);
  const state = new StateUpdates();
  const context = { random: new Random(1), update: state.update };
  return {
    variables: scope.variables,
    numbersOf: (name: string) =>
      scope.variables.find((variable) => variable.name === `model/${name}`)!.value.toArray(),
    train: (x: Tensor) => call(x, { ...context, training: true }),
    predict: (x: Tensor) => call(x, { ...context, training: false }),
    state,
  };
}

// Two channels: 1, 3, 5, 7 of mean 4 and variance 5, and 2, 2, 2, 6 of mean 3 and variance 3.
const x = tensor(Float64Array.of(1, 2, 3, 2, 5, 2, 7, 6), [2, 2, 2]);

describe('batchNormalization', () => {
  it('has the weights of Keras, of which the averages are not trainable', () => {
    const { variables, numbersOf } = build({}, [3, 2]);
    expect(variables.map(({ name, trainable }) => [name, trainable])).to.deep.equal([
      ['model/gamma', true],
      ['model/beta', true],
      ['model/movingMean', false],
      ['model/movingVariance', false],
    ]);
    const first = ['gamma', 'beta', 'movingMean', 'movingVariance'].map(numbersOf);
    expect(first).to.deep.equal([
      [1, 1],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  it('normalises by the batch in training, with an epsilon of 1e-3', () => {
    const { variables, train } = build({}, [2, 2]);
    variables[0]!.assign(tensor(Float64Array.of(2, 10)));
    variables[1]!.assign(tensor(Float64Array.of(-1, 0.5)));
    const [a, b] = [2 / Math.sqrt(5.001), 10 / Math.sqrt(3.001)];
    const expected = [
      ...[-3 * a - 1, 0.5 - b, -a - 1, 0.5 - b],
      ...[a - 1, 0.5 - b, 3 * a - 1, 0.5 + 3 * b],
    ];
    expectClose(train(x), tensor(Float64Array.from(expected), [2, 2, 2]), { relative: 1e-14 });
  });

  it('normalises by its averages otherwise', () => {
    const { variables, predict } = build({ epsilon: 0 }, [2, 2]);
    variables[2]!.assign(tensor(Float64Array.of(1, 2)));
    variables[3]!.assign(tensor(Float64Array.of(4, 16)));
    const expected = [0, 0, 1, 0, 2, 0, 3, 1];
    expectClose(predict(x), tensor(Float64Array.from(expected), x.shape), { relative: 1e-14 });
  });

  for (const engine of engines) {
    it(`moves its averages when a step is made, and not before: ${engine.name}`, () => {
      withBackend(engine, () => {
        const { train, predict, numbersOf, state } = build({ momentum: 0.75 }, [2, 2]);
        train(x);
        expect(numbersOf('movingMean')).to.deep.equal([0, 0]);
        state.apply();
        expect(numbersOf('movingMean')).to.deep.equal([1, 0.75]);
        // 0.75 + 5/4 and 0.75 + 3/4.
        expect(numbersOf('movingVariance')).to.deep.equal([2, 1.5]);
        predict(x);
        state.apply();
        expect(numbersOf('movingMean')).to.deep.equal([1, 0.75]);
        train(x);
        state.apply();
        expect(numbersOf('movingMean')).to.deep.equal([1.75, 1.3125]);
      });
    });
  }

  it('keeps 99 % of its averages unless told otherwise', () => {
    const { train, numbersOf, state } = build({}, [2, 2]);
    train(x);
    state.apply();
    const [first, second] = numbersOf('movingMean') as [number, number];
    expect(first).to.be.closeTo(0.04, 1e-15);
    expect(second).to.be.closeTo(0.03, 1e-15);
  });

  it('called twice in one step, lets both calls count, one after the other', () => {
    const { train, numbersOf, state } = build({ momentum: 0.5 }, [2, 2]);
    train(x);
    train(x);
    state.apply();
    expect(numbersOf('movingMean')).to.deep.equal([3, 2.25]);
  });

  it('that is not trainable normalises by its averages in training too, and keeps them', () => {
    const { train, predict, variables, state } = build({ trainable: false }, [2, 2]);
    expect(variables.some(({ trainable }) => trainable)).to.equal(false);
    expect(train(x).toArray()).to.deep.equal(predict(x).toArray());
    expect(state.variables).to.deep.equal([]);
  });

  it('takes its first values from the initializers it is given', () => {
    const { variables } = build(
      {
        gammaInitializer: 'zeros',
        betaInitializer: 'ones',
        movingMeanInitializer: 'ones',
        movingVarianceInitializer: 'zeros',
      },
      [1],
    );
    expect(variables.map(({ value }) => value.toArray())).to.deep.equal([[0], [1], [1], [0]]);
  });

  const kept: readonly [input: number[], config: BatchNormalizationConfig][] = [
    [[3, 2, 4], {}],
    [[5, 2], { scale: false }],
    [[2, 2, 9], { center: false, epsilon: 0.1, name: 'norm' }],
    [[2, 3], { scale: false, center: false, momentum: 0 }],
    [[2, 3], { trainable: false }],
  ];
  for (const [input, config] of kept) {
    it(`keeps the contract of layers: [${input.join(', ')}], ${JSON.stringify(config)}`, () => {
      const { scale = true, center = true, trainable = true } = config;
      const channels = input.at(-1)!;
      const own = channels * (Number(scale) + Number(center));
      checkLayer(batchNormalization(config), {
        input,
        outputShape: (shape) => shape,
        weights: {
          ...(scale ? { gamma: [channels] } : {}),
          ...(center ? { beta: [channels] } : {}),
          movingMean: [channels],
          movingVariance: [channels],
        },
        parameters: {
          trainable: trainable ? own : 0,
          nonTrainable: 2 * channels + (trainable ? 0 : own),
        },
      });
    });
  }

  const refused: readonly [config: BatchNormalizationConfig, message: string][] = [
    [{ momentum: 1.5 }, 'momentum to be a number from 0 to 1; received 1.5'],
    [{ momentum: -0.1 }, 'momentum to be a number from 0 to 1; received -0.1'],
    [{ momentum: NaN }, 'momentum to be a number from 0 to 1; received NaN'],
    [{ epsilon: -1e-3 }, 'epsilon to be a finite number of at least 0; received -0.001'],
    [{ epsilon: Infinity }, 'epsilon to be a finite number of at least 0; received Infinity'],
  ];
  for (const [config, message] of refused) {
    it(`refuses ${JSON.stringify(config)}: ${message}`, () => {
      expect(() => batchNormalization(config))
        .to.throw(OptionError)
        .with.property('message', `batchNormalization: expected ${message}.`);
    });
  }

  it('refuses samples without an axis, naming its path', () => {
    const scope = rootScope('model', { random: new Random(1) });
    expect(() => sequence([batchNormalization()]).build([], scope))
      .to.throw(ShapeError)
      .with.property(
        'message',
        'model/0_batchNormalization: batchNormalization: expected samples [..., channels]; ' +
          'received []. A sample is one number; give it an axis: [samples, 1].',
      );
  });
});
