import {
  currentBackend,
  inScope,
  valueAndGrad,
  withBackend,
  type Backend,
  type Variable,
} from '@gradus/autodiff';
import { batches } from '@gradus/data';
import { rootScope, StateUpdates, type Call, type Layer, type UpdateState } from '@gradus/layers';
import type { Optimizer } from '@gradus/optimizers';
import {
  copyInto,
  OptionError,
  Random,
  zeros,
  type FloatDType,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { checkData, checkInput, checkOutput } from './checkData';
import { fit, type FitOptions, type History } from './fit';
import { MeanLogs, type Logs } from './logs';
import type { Loss } from './loss';
import { resolveMetrics, type Metric, type MetricName } from './metrics';
import { allFinite, NonFiniteLossError } from './nonFiniteLossError';
import { observedScope, type Observer } from './observedScope';
import { resolveLoss, type LossName } from './resolveLoss';
import type { Trainable } from './trainable';

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
  /** What to measure besides, by Keras's names or as functions. Default none. */
  readonly metrics?: readonly (Metric | MetricName)[];
  /** The engine that computes. Default: the current one. */
  readonly engine?: Backend;
}

interface Compiled {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly metrics: ReadonlyMap<string, Metric>;
}

/** How many samples to compute at once. */
export interface BatchOptions {
  /** Default 32. */
  readonly batchSize?: number;
}

/** How to evaluate. */
interface EvaluateOptions extends BatchOptions {
  /** Whether to return the loss and all metrics by name, as Keras's return_dict. Default false. */
  readonly returnDict?: boolean;
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
  private observer: Observer | undefined;
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
    const observe: Observer = (path, result) => this.observer?.(path, result);
    this.call = layer.build(inputShape, observedScope(scope, observe));
    this.variables = scope.variables;
    this.outputShape = layer.outputShape(inputShape);
  }

  /** Sets optimizer, loss and metrics, and with them the engine. Weights stay as they are. */
  compile({ optimizer, loss, metrics = [], engine = currentBackend() }: CompileOptions): void {
    this.compiled = { optimizer, loss: resolveLoss(loss), metrics: resolveMetrics(metrics) };
    this.engine = engine;
  }

  /**
   * The variable of a name such as `model/0_conv2d/kernel`, or of the end of one: `kernel`.
   * @throws OptionError if none is called so, or the names of several end so.
   */
  weight(name: string): Variable {
    const exact = this.variables.find((variable) => variable.name === name);
    if (exact !== undefined) return exact;
    const found = this.variables.filter((variable) => variable.name.endsWith(`/${name}`));
    if (found.length === 1) return found[0]!;
    const names = this.variables.map((variable) => variable.name).join(', ');
    throw new OptionError({
      op: `${this.name}.weight`,
      expected: names === '' ? 'a model that has weights' : `one of ${names}`,
      received: `'${name}'${found.length > 1 ? `, which ${found.length} of them end with` : ''}`,
    });
  }

  /**
   * The model's results for x [samples, ...inputShape], computed batch by batch.
   * @throws ShapeError if x does not fit the model.
   */
  predict(x: Tensor, { batchSize = 32 }: BatchOptions = {}): Tensor {
    checkInput(this, 'predict', x);
    const result = zeros([x.shape[0]!, ...this.outputShape], this.dtype);
    let filled = 0;
    for (const [batch] of batches([x], { batchSize })) {
      filled += this.compute(() => {
        const y = this.forward(batch!, false);
        copyInto(y, result.data.subarray(filled, filled + y.size));
        return y.size;
      });
    }
    return result;
  }

  /**
   * The mean loss over all samples, weights unchanged; with `returnDict`, what `measure` gives.
   * @throws ShapeError if x or y does not fit the model.
   */
  evaluate(x: Tensor, y: Tensor, options?: BatchOptions & { readonly returnDict?: false }): number;
  evaluate(x: Tensor, y: Tensor, options: BatchOptions & { readonly returnDict: true }): Logs;
  evaluate(x: Tensor, y: Tensor, options: EvaluateOptions = {}): number | Logs {
    const logs = this.measure(x, y, options);
    return options.returnDict === true ? logs : logs['loss']!;
  }

  /**
   * The means over all samples of `loss` and the metrics, by name, weights unchanged.
   * @throws ShapeError if x or y does not fit the model.
   */
  measure(x: Tensor, y: Tensor, { batchSize = 32 }: BatchOptions = {}): Logs {
    checkData(this, 'evaluate', x, y);
    const mean = new MeanLogs();
    for (const [inputs, targets] of batches([x, y], { batchSize })) {
      const logs = this.compute(() => this.judge(targets!, this.forward(inputs!, false)).logs());
      mean.add(logs, inputs!.shape[0]!);
    }
    return mean.value;
  }

  /**
   * Makes one optimizer step on one batch, and returns the loss before it.
   * @throws what `trainStep` throws.
   */
  trainOnBatch(x: Tensor, y: Tensor): number {
    return this.trainStep(x, y)['loss']!;
  }

  /**
   * Makes one optimizer step on one batch, and returns `loss` and the metrics as before it, by name.
   * @throws ShapeError if x or y does not fit the model.
   * @throws NonFiniteLossError if the loss is infinite or NaN; the weights then stay as they were.
   */
  trainStep(x: Tensor, y: Tensor): Logs {
    checkData(this, 'trainOnBatch', x, y);
    const { optimizer } = this.readyToTrain();
    return this.compute(() => {
      const weights = this.variables.filter((variable) => variable.trainable);
      const step = optimizer.iterations;
      const state = new StateUpdates();
      let logs: Logs = {};
      const { grads } = valueAndGrad(() => {
        const judged = this.judge(y, this.forward(x, true, step, state.update));
        logs = judged.logs();
        return judged.loss;
      }, weights);
      const loss = logs['loss']!;
      if (!Number.isFinite(loss)) {
        throw new NonFiniteLossError(step, loss, this.originOfNonFinite(x, y, step));
      }
      optimizer.step(weights, grads);
      state.apply();
      return logs;
    });
  }

  /**
   * Trains on x [samples, ...inputShape] and targets y for it, [samples, ...outputShape] or as the
   * loss wants them, such as labels [samples]. Timers and events get
   * their turn after every batch.
   * @throws ShapeError or OptionError, before the first step, if data or options do not fit.
   * @throws NonFiniteLossError when the loss is no longer a finite number.
   */
  async fit(x: Tensor, y: Tensor, options: FitOptions = {}): Promise<History> {
    checkData(this, 'fit', x, y);
    if (options.validationData !== undefined) {
      checkData(this, 'fit validationData', ...options.validationData);
    }
    this.readyToTrain();
    return fit(this, { x, y }, options);
  }

  /** What the targets of one sample may look like. */
  get targetShapes(): readonly Shape[] {
    return this.compiled?.loss.targetShapes?.(this.outputShape) ?? [this.outputShape];
  }

  /** The loss as a tensor, to be differentiated, and all that is measured as numbers. */
  private judge(yTrue: Tensor, yPred: Tensor): { loss: Tensor; logs: () => Logs } {
    const { loss, metrics } = this.readyToTrain();
    const value = loss(yTrue, yPred);
    const measured = (): Logs =>
      Object.fromEntries([...metrics].map(([name, measure]) => [name, measure(yTrue, yPred)]));
    return { loss: value, logs: () => ({ loss: value.item(), ...measured() }) };
  }

  /** Runs `f` on the model's engine; no tensor leaves but what it returns. */
  private compute<T>(f: () => T): T {
    return withBackend(this.engine, () =>
      inScope(() => {
        for (const variable of this.variables) variable.moveTo(this.engine);
        return f();
      }),
    );
  }

  private forward(x: Tensor, training: boolean, step = 0, update?: UpdateState): Tensor {
    const y = this.call(x, { training, random: this.random.split(`step ${step}`), update });
    checkOutput(this, x, y);
    return y;
  }

  /** Runs a failed step again, with the same random numbers, to find where its trouble began. */
  private originOfNonFinite(x: Tensor, y: Tensor, step: number): string {
    if (!allFinite(x)) return 'the samples';
    if (!allFinite(y)) return 'the targets';
    let first: string | undefined;
    this.observer = (path, result) => {
      if (!allFinite(result)) first ??= path;
    };
    try {
      const result = this.forward(x, true, step);
      return first ?? (allFinite(result) ? 'the loss' : this.name);
    } finally {
      this.observer = undefined;
    }
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
}
