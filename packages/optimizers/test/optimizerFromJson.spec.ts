import { sub, Variable } from '@gradus/autodiff';
import { OptionError, tensor } from '@gradus/tensor';
import { expect } from 'chai';
import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamW,
  cosineDecay,
  defineSchedule,
  nadam,
  Optimizer,
  optimizerFromJson,
  resolveOptimizer,
  rmsprop,
  sgd,
  stepDecay,
  warmUp,
  type OptimizerName,
} from '../src/index';

const decay = stepDecay({ initialLearningRate: 0.5, dropEvery: 10 });
const made: readonly Optimizer[] = [
  sgd(),
  sgd({ learningRate: 0.5, momentum: 0.25, nesterov: true, clipNorm: 2 }),
  rmsprop({ rho: 0.5, momentum: 0.25, epsilon: 0.125, centered: true, clipValue: 2 }),
  adam({ beta1: 0.5, beta2: 0.25, epsilon: 0.125, globalClipNorm: 2, weightDecay: 0.5 }),
  adamW({ learningRate: decay, weightDecay: 0.5, excludeFromWeightDecay: ['bias'] }),
  adagrad({ initialAccumulatorValue: 0.5, epsilon: 0.25 }),
  adadelta({ rho: 0.5, epsilon: 0.25 }),
  adamax({ beta1: 0.5, beta2: 0.25, epsilon: 0.125 }),
  nadam({ learningRate: warmUp({ learningRate: decay, warmupSteps: 5 }), beta1: 0.5 }),
];

function walk(optimizer: Optimizer): number[] {
  const w = new Variable('m/kernel', tensor(Float64Array.of(1, -2)));
  for (let i = 0; i < 7; i++) {
    optimizer.step([w], [tensor(Float64Array.of(3, 0.5 - i))]);
  }
  return [...w.value.toTypedArray()];
}

describe('The config of an optimizer', () => {
  it('is its kind and its options, schedules likewise, in plain JSON', () => {
    expect(adamW({ learningRate: decay, clipNorm: 2 }).config).to.deep.equal({
      kind: 'adamW',
      config: {
        learningRate: {
          kind: 'stepDecay',
          config: { initialLearningRate: 0.5, dropEvery: 10, factor: 0.1 },
        },
        ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-7, clipNorm: 2, weightDecay: 0.004 },
      },
    });
    expect(sgd().config).to.deep.equal({
      kind: 'sgd',
      config: { learningRate: 0.01, momentum: 0, nesterov: false },
    });
  });

  for (const optimizer of made) {
    const text = JSON.stringify(optimizer.config);
    it(`gives the same one back: ${text}`, () => {
      const again = optimizerFromJson(JSON.parse(text) as never);
      expect(again.config).to.deep.equal(optimizer.config);
      expect(walk(again)).to.deep.equal(walk(optimizer));
    });
  }

  it('is how it was made, not what was put in place of the rate since', () => {
    const optimizer = sgd({ learningRate: 0.5 });
    optimizer.learningRate = 0.25;
    expect(optimizer.config.config['learningRate']).to.equal(0.5);
  });

  it('cannot hold functions of one own, and says what to do', () => {
    expect(() => adam({ learningRate: (step) => 1 / (step + 1) }).config).to.throw(
      OptionError,
      'adam.config: expected learningRate to be a number or a schedule that can be saved; received ' +
        'a function of your own. Give it a kind and a config: defineSchedule(kind, config, rate).',
    );
    const own = warmUp({ learningRate: () => 1, warmupSteps: 2 });
    expect(() => adam({ learningRate: own }).config).to.throw(
      OptionError,
      /a function of your own/,
    );
    const listed = defineSchedule('listed', { parts: [() => 1] }, () => 1);
    expect(() => adam({ learningRate: listed }).config).to.throw(
      OptionError,
      'adam.config: expected parts to be a list that can be saved; received a function of your own.',
    );
    expect(() => adam({ excludeFromWeightDecay: () => true }).config).to.throw(
      OptionError,
      'adam.config: expected excludeFromWeightDecay to be a list that can be saved; received ' +
        'a function of your own.',
    );
  });

  it("takes one's own schedules and optimizers, if their functions are given", () => {
    const halving = ({ every }: { readonly every: number }) =>
      defineSchedule('halving', { every }, (step) => 2 ** -Math.floor(step / every));
    const plain = ({ learningRate }: { readonly learningRate: number }) =>
      new Optimizer(
        {
          name: 'plain',
          init: () => ({}),
          update: ({ weight, gradient, state }) => ({ weight: sub(weight, gradient), state }),
        },
        learningRate,
        { config: {} },
      );
    const { config } = plain({ learningRate: halving({ every: 3 }) as never });
    const again = optimizerFromJson(config, {
      schedules: { halving },
      optimizers: { plain },
    });
    expect(again.config).to.deep.equal(config);
    expect(again.learningRate).to.equal(1);
    expect(() => optimizerFromJson(config, { optimizers: { plain } })).to.throw(
      OptionError,
      /^scheduleFromJson: expected a schedule .* received 'halving'\. Give the function that makes it/,
    );
    const rule = again.rule;
    expect(() => new Optimizer(rule, 1).config).to.throw(
      OptionError,
      'plain.config: expected an optimizer that says its options; received one that was made ' +
        'without. Give them to the constructor: new Optimizer(rule, learningRate, { config }).',
    );
  });

  const kinds = 'sgd, rmsprop, adam, adamW, adagrad, adadelta, adamax, nadam';
  const wrong: readonly [unknown, string][] = [
    [
      null,
      `optimizerFromJson: expected an optimizer {kind, config} of kind ${kinds}; received null.`,
    ],
    [
      { kind: 'adam' },
      `optimizerFromJson: expected an optimizer {kind, config} of kind ${kinds}; received an object.`,
    ],
    [
      { kind: 'toString', config: {} },
      `optimizerFromJson: expected an optimizer {kind, config} of kind ${kinds}; received 'toString'.`,
    ],
    [
      { kind: 'sgd', config: { momentum: 2 } },
      'sgd: expected momentum of at least 0 and below 1; received 2.',
    ],
    [
      { kind: 'sgd', config: { momentun: 0.5 } },
      'sgd: expected the options learningRate, momentum, nesterov, clipValue, clipNorm, ' +
        "globalClipNorm, weightDecay, excludeFromWeightDecay; received 'momentun'.",
    ],
    [
      { kind: 'sgd', config: { learningRate: { kind: 'stepDecay', config: {} } } },
      'stepDecay: expected initialLearningRate above 0; received undefined.',
    ],
    [
      { kind: 'sgd', config: { learningRate: {} } },
      'sgd: expected a learningRate above 0, or a schedule; received an object.',
    ],
  ];
  for (const [json, message] of wrong) {
    it(`refuses ${JSON.stringify(json)}`, () => {
      expect(() => optimizerFromJson(json as never))
        .to.throw(OptionError)
        .with.property('message', message);
    });
  }
});

describe('resolveOptimizer', () => {
  it('makes a new optimizer of a name of Keras, and leaves an optimizer as it is', () => {
    const names = ['sgd', 'rmsprop', 'adam', 'adamw', 'adagrad', 'adadelta', 'adamax', 'nadam'];
    for (const name of [...names, 'adamW'] as OptimizerName[]) {
      const optimizer = resolveOptimizer(name);
      expect(optimizer.rule.name.toLowerCase()).to.equal(name.toLowerCase());
      expect(resolveOptimizer(name)).not.to.equal(optimizer);
      expect(resolveOptimizer(optimizer)).to.equal(optimizer);
    }
    expect(resolveOptimizer('rmsprop').learningRate).to.equal(0.001);
    expect(resolveOptimizer('sgd').learningRate).to.equal(0.01);
  });

  it('knows the names at compile time', () => {
    // @ts-expect-error: no optimizer is called so
    expect(() => resolveOptimizer('adams')).to.throw(
      OptionError,
      'compile: expected an optimizer or one of sgd, rmsprop, adam, adamW, adagrad, adadelta, ' +
        "adamax, nadam, adamw; received 'adams'.",
    );
    for (const value of [null, undefined, {}, 3, 'toString', cosineDecay] as never[]) {
      expect(() => resolveOptimizer(value)).to.throw(
        OptionError,
        /^compile: expected an optimizer/,
      );
    }
  });
});
