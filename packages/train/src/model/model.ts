import { currentBackend, type Variable } from '@gradus/autodiff';
import {
  shapesOf,
  tensorsOf,
  valueOf,
  type Layer,
  type NodesOf,
  type ShapeOf,
  type Value,
} from '@gradus/layers';
import type { Optimizer } from '@gradus/optimizers';
import { copyInto, OptionError, zeros, type FloatDType, type Tensor } from '@gradus/tensor';
import { checkChoice, checkLists, checkObjects, checkText, wrongOption } from '../optionChecks';
import type { GradientListener } from '../callbacks';
import { checkData, checkInput } from './checkData';
import { Compiled } from './compiled';
import { fit, type FitOptions, type History } from '../loop/fit';
import type { Logs } from '../loop/logs';
import type { Meter } from '../loop/meter';
import type {
  BatchOptions,
  CompileOptions,
  EvaluateOptions,
  ModelOptions,
  TargetsOf,
} from './modelOptions';
import { Network } from './network';
import type { Progress } from '../loop/progress';
import { countSamples, inBatches } from '../loop/samples';
import { sampleWeightsOf, type SampleWeightOptions } from '../loop/sampleWeights';
import { summaryOf } from '../summary/summary';
import { summaryText } from '../summary/summaryText';
import { measureBatch, trainStep } from './step';
import type { MeasureOptions, StepOptions, Trainable } from '../loop/trainable';
import { assignAll, findVariable, variablesBelow, type WeightValues } from './weights';

/**
 * A layer with its weights, an engine, and what training needs. It takes and gives what its layer does:
 * one tensor, several in a list, or several by name.
 */
export class Model<In extends Value = Tensor, Out extends Value = Tensor> implements Trainable {
  /** All weights, in the order of the layers. */
  readonly variables: readonly Variable[];
  /** The shape of one sample's result. */
  readonly outputShape: ShapeOf<Out>;
  readonly name: string;
  /** Element type of weights and results. */
  readonly dtype: FloatDType;
  /** What drove its first weights, and drives what its layers draw. */
  readonly seed: number;
  /** How far its training has got; saved with it, and used by `fit` with `resume`. */
  progress: Progress | undefined;
  private readonly network: Network<In, Out>;
  private readonly listeners = new Set<GradientListener>();
  private compiled: Compiled | undefined;

  /** @param inputShape of one sample. */
  constructor(
    readonly layer: Layer<In, Out>,
    readonly inputShape: ShapeOf<In>,
    options: ModelOptions = {},
  ) {
    checkObjects('model', { options });
    const { name = 'model', seed = 0, dtype = 'float32' } = options;
    checkText('model', { name });
    checkChoice('model', { dtype }, ['float32', 'float64']);
    this.name = name;
    this.dtype = dtype;
    this.seed = seed;
    this.network = new Network(layer, inputShape, { name, seed, dtype });
    this.variables = this.network.variables;
    this.outputShape = this.network.outputShape;
  }

  /**
   * Sets optimizer, loss and metrics, and with them the engine. Weights stay as they are.
   * @throws OptionError if there is no loss, metric or optimizer of a name, or no such output.
   */
  compile(options: CompileOptions): void {
    checkObjects('compile', { options });
    const { engine = currentBackend(), ...objective } = options;
    checkObjects('compile', { engine });
    if (!('allocate' in engine)) {
      throw wrongOption('compile', 'engine to be one such as simd or loops', engine);
    }
    this.compiled = new Compiled(objective, this.outputShape);
    this.network.engine = engine;
  }

  /**
   * The optimizer that it was compiled with.
   * @throws OptionError if it was not.
   */
  get optimizer(): Optimizer {
    return this.readyToTrain().optimizer;
  }

  /** What it was compiled with, if it was. */
  get objective(): Compiled['objective'] | undefined {
    return this.compiled?.objective;
  }

  /**
   * The variable of a name such as `model/0_conv2d/kernel`, or of the end of one: `kernel`.
   * @throws OptionError if none is called so, or the names of several end so.
   */
  weight(name: string): Variable {
    return findVariable(`${this.name}.weight`, this.variables, name);
  }

  /** Copies of all weights as they are now, in the order of `variables`. */
  getWeights(): readonly Tensor[] {
    return this.variables.map((variable) => variable.snapshot());
  }

  /**
   * Replaces weights by copies of tensors, in the order of `variables` or by name; if one does not fit,
   * none. All of them, or those of a layer, by a path such as `0_encoder`.
   * @throws OptionError, ShapeError or DTypeError that names the weight.
   */
  setWeights(values: WeightValues, { path }: { readonly path?: string } = {}): void {
    const op = `${this.name}.setWeights`;
    assignAll(op, this.below(op, path), values);
  }

  /**
   * Keeps weights as they are in training: those of a layer, by a path such as `0_conv2d`, or all.
   * @throws OptionError if there are none of this path.
   */
  freeze(path?: string): void {
    this.setFrozen(true, path);
  }

  /** Lets training change weights again that were frozen; see `freeze`. */
  unfreeze(path?: string): void {
    this.setFrozen(false, path);
  }

  /**
   * Says, for a model made of nodes, that this one is part of it. Its layers get weights of their own
   * there, which `setWeights` with a path can bring over.
   * @throws ShapeError if it cannot take the nodes.
   */
  apply(nodes: NodesOf<In>): NodesOf<Out> {
    return this.layer.apply(nodes);
  }

  /**
   * The layers as a table: what each gives, how many weights it has, what it costs and how much of the
   * input it sees. `console.log(model.summary())` shows it.
   */
  summary(): string {
    return summaryText(summaryOf(this));
  }

  /**
   * The model's results for x [samples, ...inputShape], computed batch by batch.
   * @throws ShapeError if x does not fit the model.
   */
  predict(x: In, { batchSize = 32 }: BatchOptions = {}): Out {
    checkInput(this, 'predict', x);
    const samples = countSamples(x);
    const result = valueOf<Out>(this.outputShape, (shape) =>
      zeros([samples, ...shape], this.dtype),
    );
    const whole = tensorsOf(result).map(([, part]) => part.data);
    let filled = 0;
    for (const batch of inBatches<In, []>({ x, y: [] }, { batchSize })) {
      this.network.compute(() => {
        tensorsOf(this.network.forward(batch.x)).forEach(([, y], i) => {
          const row = whole[i]!.length / samples;
          copyInto(y, whole[i]!.subarray(filled * row, filled * row + y.size));
        });
      });
      filled += countSamples(batch.x);
    }
    return result;
  }

  /**
   * The mean loss over all samples, weights unchanged; with `returnDict`, what `measure` gives.
   * @throws ShapeError if x or y does not fit the model.
   */
  evaluate(
    x: In,
    y: TargetsOf<Out>,
    options?: MeasureOptions & { readonly returnDict?: false },
  ): number;
  evaluate(x: In, y: TargetsOf<Out>, options: MeasureOptions & { readonly returnDict: true }): Logs;
  evaluate(x: In, y: TargetsOf<Out>, options: EvaluateOptions = {}): number | Logs {
    const logs = this.measure(x, y, options);
    return options.returnDict === true ? logs : logs['loss']!;
  }

  /**
   * The means over all samples of `loss` and the metrics, by name, weights unchanged.
   * @throws ShapeError if x or y does not fit the model.
   */
  measure(x: In, y: TargetsOf<Out>, options: MeasureOptions = {}): Logs {
    const { batchSize = 32, sampleWeight } = options;
    checkData(this, 'evaluate', x, y);
    const weights = sampleWeightsOf(`${this.name}.evaluate`, y, { sampleWeight });
    const meter = this.startMeter();
    for (const batch of inBatches<In, TargetsOf<Out>>({ x, y, weights }, { batchSize })) {
      measureBatch(this.network, this.readyToTrain(), batch, meter);
    }
    return meter.logs;
  }

  /** For all batches of an epoch together. */
  startMeter(): Meter {
    return this.readyToTrain().startMeter();
  }

  /**
   * Makes one optimizer step on one batch, and returns the loss before it.
   * @throws what `trainStep` throws.
   */
  trainOnBatch(x: In, y: TargetsOf<Out>, options: SampleWeightOptions = {}): number {
    checkData(this, 'trainOnBatch', x, y);
    const sampleWeight = sampleWeightsOf(`${this.name}.trainOnBatch`, y, options);
    return this.step(x, y, { sampleWeight })['loss']!;
  }

  /**
   * Makes one optimizer step on one batch, and returns `loss` and the metrics as before it, by name;
   * with a meter, what it then says.
   * @throws ShapeError if x or y does not fit the model.
   * @throws NonFiniteLossError if the loss is infinite or NaN; the weights then stay as they were.
   */
  trainStep(x: In, y: TargetsOf<Out>, options: StepOptions = {}): Logs {
    checkData(this, 'trainStep', x, y);
    return this.step(x, y, options);
  }

  /**
   * Has gradients shown after each step, until the function that it returns is called.
   * @param listener is given them by the names of the weights; they can be read only then.
   */
  observeGradients(listener: GradientListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Trains on x [samples, ...inputShape] and targets y for it, [samples, ...outputShape] or as the
   * loss wants them, such as labels [samples]. Timers and events get their turn after every batch.
   * @throws ShapeError or OptionError, before the first step, if data or options do not fit.
   * @throws NonFiniteLossError when the loss is no longer a finite number.
   */
  async fit(
    x: In,
    y: TargetsOf<Out>,
    options: FitOptions<In, TargetsOf<Out>> = {},
  ): Promise<History> {
    checkObjects('fit', { options });
    checkData(this, 'fit', x, y);
    if (options.validationData !== undefined) {
      checkLists('fit', { validationData: options.validationData });
      checkData(this, 'fit validationData', options.validationData[0], options.validationData[1]);
    }
    this.readyToTrain();
    const weights = sampleWeightsOf(`${this.name}.fit`, y, options);
    return fit(this, { x, y, weights }, options);
  }

  /** What the targets of one sample may look like, output by output. */
  get targetShapes(): Compiled['targetShapes'] {
    return (
      this.compiled?.targetShapes ?? shapesOf<Out>(this.outputShape).map(([, shape]) => [shape])
    );
  }

  /** A step on data that fit. */
  private step(x: In, y: TargetsOf<Out>, options: StepOptions): Logs {
    const { sampleWeight, meter = this.startMeter() } = options;
    const watch = { meter, listeners: this.listeners };
    trainStep(this.network, this.readyToTrain(), { x, y, weights: sampleWeight }, watch);
    return meter.logs;
  }

  private setFrozen(frozen: boolean, path?: string): void {
    const op = `${this.name}.${frozen ? 'freeze' : 'unfreeze'}`;
    for (const variable of this.below(op, path)) variable.frozen = frozen;
  }

  private below(op: string, path?: string): readonly Variable[] {
    return path === undefined ? this.variables : variablesBelow(op, this.variables, path);
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
