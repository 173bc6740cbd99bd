import {
  currentBackend,
  valueAndGrad,
  withBackend,
  type Backend,
  type Variable,
} from '@gradus/autodiff';
import { batches } from '@gradus/data';
import { rootScope, type Call, type Layer } from '@gradus/layers';
import type { Optimizer } from '@gradus/optimizers';
import {
  copyInto,
  formatShape,
  OptionError,
  Random,
  sameShape,
  ShapeError,
  zeros,
  type FloatDType,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { fit, type FitOptions, type History } from './fit';
import type { Trainable } from './trainable';
import { resolveLoss, type Loss, type LossName } from './losses';

/** What a model is made with. */
export interface ModelOptions {
  /** The first part of its weights' names. Default 'model'. */
  readonly name?: string;
  /** Drives the initial weights, and whatever its layers draw. Default 0. */
  readonly seed?: number;
  /** Element type of weights and computation. Default float32. */
  readonly dtype?: FloatDType;
}

/** How a model is trained. */
export interface CompileOptions {
  readonly optimizer: Optimizer;
  readonly loss: Loss | LossName;
  /** The engine that computes. Default: the current one. */
  readonly engine?: Backend;
}

interface Compiled {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
}

/** How many samples to compute at once. */
export interface BatchOptions {
  /** Default 32. */
  readonly batchSize?: number;
}

/** A layer with its weights, an engine, and what training needs. */
export class Model implements Trainable {
  /** All weights, in the order of the layers. */
  readonly variables: readonly Variable[];
  /** The shape of one sample's result. */
  readonly outputShape: Shape;
  readonly name: string;
  /** Element type of weights and results. */
  readonly dtype: FloatDType;
  private readonly call: Call;
  private readonly random: Random;
  private engine: Backend = currentBackend();
  private compiled: Compiled | undefined;

  /** @param inputShape of one sample. */
  constructor(
    readonly layer: Layer,
    readonly inputShape: Shape,
    { name = 'model', seed = 0, dtype = 'float32' }: ModelOptions = {},
  ) {
    this.name = name;
    this.dtype = dtype;
    this.random = new Random(seed).split(name);
    const scope = rootScope(name, { random: this.random, dtype });
    this.call = layer.build(inputShape, scope);
    this.variables = scope.variables;
    this.outputShape = layer.outputShape(inputShape);
  }

  /** Sets optimizer and loss, and with them the engine. Weights stay as they are. */
  compile({ optimizer, loss, engine = currentBackend() }: CompileOptions): void {
    this.compiled = { optimizer, loss: resolveLoss(loss) };
    this.engine = engine;
  }

  /**
   * The variable of a name such as `model/0_conv2d/kernel`, or of the end of one: `kernel`.
   * @throws OptionError if none, or more than one, is called so.
   */
  weight(name: string): Variable {
    const found = this.variables.filter((v) => v.name === name || v.name.endsWith(`/${name}`));
    if (found.length === 1) return found[0]!;
    throw new OptionError({
      op: `${this.name}.weight`,
      expected: `one of ${this.variables.map((v) => v.name).join(', ')}`,
      received: `'${name}'${found.length > 1 ? `, which ${found.length} of them end with` : ''}`,
    });
  }

  /**
   * The model's results for x [samples, ...inputShape], computed batch by batch.
   * @throws ShapeError if x does not fit the model.
   */
  predict(x: Tensor, { batchSize = 32 }: BatchOptions = {}): Tensor {
    this.checkInput('predict', x);
    const result = zeros([x.shape[0]!, ...this.outputShape], this.dtype);
    let filled = 0;
    for (const [batch] of batches([x], { batchSize })) {
      const y = withBackend(this.engine, () => this.forward(batch!, false));
      copyInto(y, result.data.subarray(filled, filled + y.size));
      filled += y.size;
    }
    return result;
  }

  /**
   * The mean loss over all samples, weights unchanged.
   * @throws ShapeError if x or y does not fit the model.
   */
  evaluate(x: Tensor, y: Tensor, { batchSize = 32 }: BatchOptions = {}): number {
    this.checkData('evaluate', x, y);
    const { loss } = this.readyToTrain();
    let total = 0;
    for (const [inputs, targets] of batches([x, y], { batchSize })) {
      const value = withBackend(this.engine, () => loss(targets!, this.forward(inputs!, false)));
      total += value.item() * inputs!.shape[0]!;
    }
    return total / x.shape[0]!;
  }

  /**
   * Makes one optimizer step on one batch, and returns the loss before it.
   * @throws ShapeError if x or y does not fit the model.
   */
  trainOnBatch(x: Tensor, y: Tensor): number {
    this.checkData('trainOnBatch', x, y);
    const { loss, optimizer } = this.readyToTrain();
    return withBackend(this.engine, () => {
      const weights = this.variables.filter((variable) => variable.trainable);
      const step = optimizer.iterations;
      const { value, grads } = valueAndGrad(() => loss(y, this.forward(x, true, step)), weights);
      const before = value.item();
      if (!Number.isFinite(before)) throw new NonFiniteLossError(step, before);
      optimizer.step(weights, grads);
      return before;
    });
  }

  /**
   * Trains on x [samples, ...inputShape] and y [samples, ...outputShape].
   * @throws ShapeError, OptionError, or NonFiniteLossError when the loss is no longer a number.
   */
  fit(x: Tensor, y: Tensor, options: FitOptions = {}): Promise<History> {
    this.checkData('fit', x, y);
    this.readyToTrain();
    return fit(this, { x, y }, options);
  }

  private forward(x: Tensor, training: boolean, step = 0): Tensor {
    return this.call(x, { training, random: this.random.split(`step ${step}`) });
  }

  private readyToTrain(): Compiled {
    if (this.compiled !== undefined) return this.compiled;
    throw new OptionError({
      op: this.name,
      expected: 'a compiled model',
      received: 'one without optimizer and loss',
      hint: "Call compile({ optimizer: adam(), loss: 'meanSquaredError' }) first.",
    });
  }

  private checkData(op: string, x: Tensor, y: Tensor): void {
    this.checkInput(op, x);
    const expected = [x.shape[0]!, ...this.outputShape];
    if (sameShape(y.shape, expected)) return;
    throw new ShapeError({
      op: `${this.name}.${op}`,
      expected: `targets ${formatShape(expected)}, one for each sample`,
      received: formatShape(y.shape),
    });
  }

  private checkInput(op: string, x: Tensor): void {
    if (x.shape[0] !== 0 && sameShape(x.shape.slice(1), this.inputShape) && x.rank > 0) return;
    throw new ShapeError({
      op: `${this.name}.${op}`,
      expected: `at least one sample, [samples, ${this.inputShape.join(', ')}]`,
      received: formatShape(x.shape),
    });
  }
}

/** The loss became infinite or not a number: most often the learning rate is too large. */
export class NonFiniteLossError extends Error {
  override readonly name = 'NonFiniteLossError';

  constructor(
    readonly step: number,
    readonly loss: number,
  ) {
    super(
      `Step ${step}: the loss is ${loss}. Try a smaller learning rate, ` +
        'and check that the data holds no NaN.',
    );
  }
}
