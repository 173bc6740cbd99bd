import { currentBackend, mul, withBackend, type Backend } from '@gradus/autodiff';
import { conv2d, defineLayer, input, type Layer } from '@gradus/layers';
import { adam, sgd } from '@gradus/optimizers';
import { OptionError, ShapeError, zeros, type Tensor } from '@gradus/tensor';
import { expectClose, views } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { Model, sequential } from '../../src/index';
import { engines } from '../engines';
import { errorOf } from '../errorOf';
import { listeningLayer, samples, scaleModel } from '../scaleModel';

const twoConvolutions = (): Model =>
  sequential([
    input([5, 4, 2]),
    conv2d({ filters: 3, kernelSize: 3, activation: 'tanh' }),
    conv2d({ filters: 2, kernelSize: 1 }),
  ]);

describe('A model', () => {
  it('knows its name, its shapes and its weights, in the order of the layers', () => {
    const model = twoConvolutions();
    expect(model.name).to.equal('model');
    expect(model.inputShape).to.deep.equal([5, 4, 2]);
    expect(model.outputShape).to.deep.equal([3, 2, 2]);
    expect(model.variables.map(({ name }) => name)).to.deep.equal([
      'model/0_conv2d/kernel',
      'model/0_conv2d/bias',
      'model/1_conv2d/kernel',
      'model/1_conv2d/bias',
    ]);
  });

  it('computes on the engine of its compilation, whichever is current later', () => {
    const { engine, calls } = countingEngine('conv2d');
    const model = scaleModel();
    withBackend(engine, () => model.compile({ optimizer: sgd(), loss: 'mse' }));
    for (const use of [
      () => model.predict(samples(1)),
      () => model.evaluate(samples(1), samples(1)),
      () => model.trainOnBatch(samples(1), samples(1)),
    ]) {
      const before = calls();
      use();
      expect(calls()).to.be.above(before);
    }
    const all = calls();
    model.compile({ optimizer: sgd(), loss: 'mse', engine: currentBackend() });
    model.predict(samples(1));
    expect(calls()).to.equal(all);
  });

  it('keeps its weights when it is compiled again', () => {
    const model = scaleModel({ weight: 3 });
    model.compile({ optimizer: adam(), loss: 'mae' });
    expect(model.weight('kernel').value.item()).to.equal(3);
  });

  it('tells its layers whether it trains, and draws anew for each step', () => {
    const heard: { training: boolean; draw: number }[] = [];
    const make = (seed: number): Model => {
      const listener = listeningLayer((_, context) => heard.push(context));
      const model = sequential([input([1]), listener], { seed });
      model.compile({ optimizer: sgd(), loss: 'mse' });
      return model;
    };
    const x = zeros([1, 1]);
    const model = make(1);
    model.trainOnBatch(x, x);
    model.trainOnBatch(x, x);
    model.evaluate(x, x);
    model.predict(x);
    make(1).trainOnBatch(x, x);
    make(2).trainOnBatch(x, x);
    expect(heard.map(({ training }) => training)).to.deep.equal([
      ...[true, true, false, false],
      ...[true, true],
    ]);
    const draws = heard.map(({ draw }) => draw);
    expect(draws[1]).not.to.equal(draws[0]);
    expect(draws[4]).to.equal(draws[0]);
    expect(draws[5]).not.to.equal(draws[0]);
  });
});

describe('Model.weight', () => {
  it('finds a weight by its name, or by the end of it', () => {
    const model = twoConvolutions();
    const [kernel, bias] = model.variables;
    expect(model.weight('model/0_conv2d/kernel')).to.equal(kernel);
    expect(model.weight('0_conv2d/bias')).to.equal(bias);
    expect(scaleModel().weight('kernel').name).to.equal('model/0_conv2d/kernel');
  });

  it('prefers the weight of just that name to those whose names end so', () => {
    const inner = conv2d({ filters: 1, kernelSize: 1, useBias: false });
    const outer: Layer = defineLayer({
      kind: 'outer',
      config: {},
      outputShape: (shape) => shape,
      build(shape, scope) {
        const call = scope.build('model', inner, shape);
        const kernel = scope.variable('kernel', [], 'ones');
        return (x, context) => mul(call(x, context), kernel.value);
      },
    });
    const model = new Model(outer, [1, 1, 1]);
    expect(model.variables.map(({ name }) => name)).to.deep.equal([
      'model/model/kernel',
      'model/kernel',
    ]);
    expect(model.weight('model/kernel')).to.equal(model.variables[1]);
  });

  const all =
    'model/0_conv2d/kernel, model/0_conv2d/bias, model/1_conv2d/kernel, model/1_conv2d/bias';
  const refused = [
    ['gamma', "'gamma'"],
    ['ernel', "'ernel'"],
    ['', "''"],
    ['kernel', "'kernel', which 2 of them end with"],
  ] as const;
  for (const [name, received] of refused) {
    it(`lists the weights instead of '${name}'`, () => {
      expect(() => twoConvolutions().weight(name))
        .to.throw(OptionError)
        .with.property('message', `model.weight: expected one of ${all}; received ${received}.`);
    });
  }

  it('says so where there is none', () => {
    expect(() => sequential([input([1])], { name: 'identity' }).weight('kernel'))
      .to.throw(OptionError)
      .with.property(
        'message',
        "identity.weight: expected a model that has weights; received 'kernel'.",
      );
  });
});

describe('Model.predict', () => {
  const model = twoConvolutions();

  it('computes batch by batch what it computes at once, whatever the layout', () => {
    const images = fc.integer({ min: 1, max: 7 }).chain((count) => views([count, 5, 4, 2]));
    const batchSizes = fc.integer({ min: 1, max: 8 });
    fc.assert(
      fc.property(images, batchSizes, (x, batchSize) => {
        const whole = model.predict(x);
        expect(whole.shape).to.deep.equal([x.shape[0], 3, 2, 2]);
        expectClose(model.predict(x, { batchSize }), whole, { relative: 1e-6 });
      }),
      { numRuns: 40, interruptAfterTimeLimit: 5000 },
    );
  });

  it('takes 32 samples at once unless told otherwise', () => {
    const sizes: number[] = [];
    const listener = sequential([input([1]), listeningLayer((x) => sizes.push(x.shape[0]!))]);
    listener.predict(zeros([70, 1]));
    listener.predict(zeros([5, 1]), { batchSize: 4 });
    expect(sizes).to.deep.equal([32, 32, 6, 4, 1]);
  });

  it('needs no compilation, and leaves the weights alone', () => {
    const kernel = model.weight('0_conv2d/kernel').snapshot().toArray();
    model.predict(zeros([1, 5, 4, 2]));
    expect(model.weight('0_conv2d/kernel').value.toArray()).to.deep.equal(kernel);
  });
});

describe('Model.evaluate', () => {
  it('is the mean over samples, not over batches: the last one may be smaller', () => {
    // Losses 1, 4 and 9; the batches' means are 2.5 and 9.
    const model = scaleModel({ weight: 1 });
    const [x, y] = [samples(1, 2, 3), samples(0, 0, 0)];
    expect(model.evaluate(x, y, { batchSize: 2 })).to.be.closeTo(14 / 3, 1e-6);
    expect(model.evaluate(x, y)).to.be.closeTo(14 / 3, 1e-6);
  });

  it('leaves the weights alone', () => {
    const model = scaleModel({ weight: 3 });
    model.evaluate(samples(1), samples(0));
    expect(model.weight('kernel').value.item()).to.equal(3);
  });
});

describe('Model.trainOnBatch', () => {
  it('returns the loss before its step, and makes the step', () => {
    // Errors 1 and 5, loss 26 / 2, slope (2*1*1 + 2*3*5) / 2 = 16, rate 1/16.
    const model = scaleModel({ weight: 2 });
    expect(model.trainOnBatch(samples(1, 3), samples(1, 1))).to.equal(13);
    expect(model.weight('kernel').value.item()).to.equal(1);
  });

  it('neither changes weights that are not trainable, nor computes their gradients', () => {
    const frozen = conv2d({ filters: 1, kernelSize: 1, trainable: false });
    const model = sequential([
      input([1, 1, 1]),
      frozen,
      conv2d({ filters: 1, kernelSize: 1, useBias: false }),
    ]);
    const { engine, calls } = countingEngine('conv2dFilterGradient');
    model.compile({ optimizer: sgd(), loss: 'mse', engine });
    const before = model.variables.map((variable) => variable.snapshot().item());
    model.trainOnBatch(samples(1), samples(5));
    const changed = model.variables.map(({ value }, i) => value.item() !== before[i]);
    expect(changed).to.deep.equal([false, false, true]);
    expect(calls()).to.equal(1);
  });

  it('says when the loss is no scalar', () => {
    const model = scaleModel({ loss: (yTrue) => yTrue });
    expect(() => model.trainOnBatch(samples(1), samples(1)))
      .to.throw(ShapeError)
      .with.property('message')
      .that.matches(/^valueAndGrad: expected f.* to return a scalar \[\]; received \[1, 1, 1, 1\]/);
  });
});

describe('A model that is not compiled', () => {
  const uses: readonly [string, (model: Model, x: Tensor) => unknown][] = [
    ['evaluate', (model, x) => model.evaluate(x, x)],
    ['trainOnBatch', (model, x) => model.trainOnBatch(x, x)],
    ['fit', (model, x) => model.fit(x, x)],
  ];
  for (const [name, use] of uses) {
    it(`says how to compile it: ${name}`, async () => {
      const model = sequential([input([1])], { name: 'net' });
      const error = await errorOf(() => use(model, zeros([2, 1])));
      expect(error).to.be.instanceOf(OptionError);
      expect(error.message).to.equal(
        'net: expected a compiled model; received one without optimizer and loss. ' +
          "Call compile({ optimizer: adam(), loss: 'meanSquaredError' }) first.",
      );
    });
  }
});

/** An engine that counts the calls of one kernel. */
function countingEngine(kernel: 'conv2d' | 'conv2dFilterGradient') {
  const loops = engines.find(({ name }) => name === 'loops')!;
  let calls = 0;
  const engine: Backend = {
    ...loops,
    [kernel](...args: Parameters<Backend['conv2d']>) {
      calls += 1;
      loops[kernel](...args);
    },
  };
  return { engine, calls: () => calls };
}
