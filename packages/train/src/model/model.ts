import { currentBackend } from '@gradus/autodiff';
import { shapesOf, type Value } from '@gradus/layers';
import type { Optimizer } from '@gradus/optimizers';
import { ArgumentError, OptionError, type Tensor } from '@gradus/tensor';
import { checkObjects, checkWhole, refuseOthers, wrongOption } from '@gradus/tensor/options';
import type { GradientListener } from '../callbacks';
import { BuiltModel } from './builtModel';
import { checkData } from './checkData';
import { Compiled } from './compiled';
import { batchesToMeasure, checkedBatch, isDataset } from './datasets';
import type { Batches, InputBatches } from '../loop/batch';
import { fit, fitDataset, type Preparations } from '../loop/fit';
import type { DatasetFitOptions, FitOptions, History } from '../loop/fitOptions';
import type { Logs } from '../loop/logs';
import type { Meter } from '../loop/meter';
import type { BatchOptions, CompileOptions, EvaluateOptions, TargetsOf } from './modelOptions';
import { nextTurn } from '../loop/nextTurn';
import { predictBatches, predictSamples } from './predicting';
import type { Progress } from '../loop/progress';
import { inBatches, type Samples } from '../loop/samples';
import { sampleWeightsOf, type SampleWeightOptions } from '../loop/sampleWeights';
import { measureBatch, trainStep } from './step';
import type { MeasureOptions, StepOptions, Trainable } from '../loop/trainable';

/**
 * A layer with its weights, an engine, and what training needs. It takes and gives what its layer does:
 * one tensor, several in a list, or several by name.
 */
export class Model<In extends Value = Tensor, Out extends Value = Tensor>
  extends BuiltModel<In, Out>
  implements Trainable
{
  /** How far its training has got; saved with it, and used by `fit` with `resume`. */
  progress: Progress | undefined;
  private readonly listeners = new Set<GradientListener>();
  private compiled: Compiled | undefined;

  /**
   * Sets optimizer, loss and metrics, and with them the engine. Weights stay as they are.
   * @throws OptionError if there is no loss, metric or optimizer of a name, or no such output.
   */
  compile(options: CompileOptions): void {
    checkObjects('compile', { options });
    const { engine = currentBackend(), ...objective } = options;
    refuseOthers('compile', ['optimizer', 'loss', 'lossWeights', 'metrics', 'engine'], objective);
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
   * The model's results for x [samples, ...inputShape], computed batch by batch; or for all batches of a
   * dataset, put together, with a turn for events after each.
   * @throws ShapeError if x or a batch does not fit the model; OptionError if a dataset has no batches.
   */
  predict(x: In, options?: BatchOptions): Out;
  predict(dataset: InputBatches<In>): Promise<Out>;
  predict(data: In | InputBatches<In>, options: BatchOptions = {}): Out | Promise<Out> {
    checkObjects('predict', { options });
    if (isDataset(this, data)) return predictBatches(this.network, data as InputBatches<In>);
    const { batchSize = 32, ...others } = options;
    refuseOthers('predict', ['batchSize'], others);
    checkWhole('predict', { batchSize }, 1);
    return predictSamples(this.network, data as In, batchSize);
  }

  /**
   * The mean loss over all samples, weights unchanged; with `returnDict`, what `measure` gives. Of a
   * dataset, a promise of it.
   * @throws what `measure` throws.
   */
  evaluate(
    x: In,
    y: TargetsOf<Out>,
    options?: MeasureOptions & { readonly returnDict?: false },
  ): number;
  evaluate(x: In, y: TargetsOf<Out>, options: MeasureOptions & { readonly returnDict: true }): Logs;
  evaluate(
    dataset: Batches<In, TargetsOf<Out>>,
    options?: { readonly returnDict?: false },
  ): Promise<number>;
  evaluate(
    dataset: Batches<In, TargetsOf<Out>>,
    options: { readonly returnDict: true },
  ): Promise<Logs>;
  evaluate(
    data: In | Batches<In, TargetsOf<Out>>,
    y?: TargetsOf<Out> | EvaluateOptions,
    options: EvaluateOptions = {},
  ): number | Logs | Promise<number | Logs> {
    if (isDataset(this, data)) {
      const { returnDict = false } = (y ?? {}) as EvaluateOptions;
      return this.measure(data).then((logs) => (returnDict ? logs : logs['loss']!));
    }
    const logs = this.measure(data, y as TargetsOf<Out>, options);
    return options.returnDict === true ? logs : logs['loss']!;
  }

  /**
   * The means over all samples of `loss` and the metrics, by name, weights unchanged; of a dataset, a
   * promise of them.
   * @throws ShapeError if x, y or a batch does not fit the model; OptionError if a dataset has no batches.
   */
  measure(x: In, y: TargetsOf<Out>, options?: MeasureOptions): Logs;
  measure(dataset: Batches<In, TargetsOf<Out>>): Promise<Logs>;
  measure(
    data: In | Batches<In, TargetsOf<Out>>,
    y?: TargetsOf<Out>,
    options: MeasureOptions = {},
  ): Logs | Promise<Logs> {
    if (isDataset(this, data)) return this.measureBatches(batchesToMeasure(this, data));
    checkObjects('evaluate', { options });
    refuseOthers('evaluate', ['batchSize', 'sampleWeight', 'returnDict'], options);
    const { batchSize = 32, sampleWeight } = options;
    checkWhole('evaluate', { batchSize }, 1);
    checkData(this, 'evaluate', data, y!);
    const weights = sampleWeightsOf(`${this.name}.evaluate`, y!, { sampleWeight });
    const samples: Samples<In> = { x: data, y: y!, weights };
    const meter = this.startMeter();
    for (const batch of inBatches(samples, { batchSize })) {
      measureBatch(this.network, this.readyToTrain(), batch, meter);
    }
    return meter.logs;
  }

  /**
   * The means over the samples of batches that fit the model, as `measure` gives them; events get their
   * turn after each batch.
   */
  async measureBatches(batches: Iterable<Samples> | AsyncIterable<Samples>): Promise<Logs> {
    const meter = this.startMeter();
    for await (const batch of batches as AsyncIterable<Samples<In>>) {
      measureBatch(this.network, this.readyToTrain(), batch, meter);
      await nextTurn();
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
   * loss wants them, such as labels [samples]; or on a dataset, which gives batches of both. Timers and
   * events get their turn after every batch.
   * @throws ShapeError or OptionError, before the first step, if data or options do not fit; of a dataset,
   *   before the step whose batch does not.
   * @throws NonFiniteLossError when the loss is no longer a finite number.
   */
  fit(x: In, y: TargetsOf<Out>, options?: FitOptions<In, TargetsOf<Out>>): Promise<History>;
  fit(
    dataset: Batches<In, TargetsOf<Out>>,
    options?: DatasetFitOptions<In, TargetsOf<Out>>,
  ): Promise<History>;
  async fit(
    data: In | Batches<In, TargetsOf<Out>>,
    second?: TargetsOf<Out> | DatasetFitOptions<In, TargetsOf<Out>>,
    third: FitOptions<In, TargetsOf<Out>> = {},
  ): Promise<History> {
    if (isDataset(this, data)) {
      const options = (second ?? {}) as DatasetFitOptions<Value, Value>;
      checkObjects('fit', { options });
      return fitDataset(this, data, this.withDataset(options), this.preparations(options));
    }
    checkObjects('fit', { options: third });
    const options = this.withDataset(third);
    const [x, y] = [data, second as TargetsOf<Out>];
    checkData(this, 'fit', x, y);
    this.readyToTrain().checkTargets(y, this.dtype);
    const weights = sampleWeightsOf(`${this.name}.fit`, y, third);
    return fit(this, { x, y, weights }, options, this.preparations({}));
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

  /** Options whose validationData are checked; a list of batches among them becomes a dataset. */
  private withDataset<O extends DatasetFitOptions<Value, Value>>(options: O): O {
    const compiled = this.readyToTrain();
    const { validationData: data } = options;
    if (data === undefined) return options;
    if (isDataset(this, data)) {
      return { ...options, validationData: Array.isArray(data) ? new Set(data) : data };
    }
    if (!Array.isArray(data)) {
      const expected = 'validationData to be [x, y], [x, y, sampleWeight] or a dataset';
      throw wrongOption('fit', expected, data);
    }
    const [x, y] = data as [In, TargetsOf<Out>];
    const op = 'fit validationData';
    checkData(this, op, x, y);
    try {
      compiled.checkTargets(y, this.dtype);
    } catch (error) {
      throw error instanceof ArgumentError ? error.inLayer(`${this.name}.${op}`) : error;
    }
    return options;
  }

  private preparations(options: SampleWeightOptions): Preparations {
    return {
      training: (batch, number) => checkedBatch(this, `fit batch ${number}`, batch, options),
      validation: (batch, number) =>
        checkedBatch(this, `fit validationData batch ${number}`, batch),
    };
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
