import { add, cast, mean, mul } from '@gradus/autodiff';
import { shapesOf, tensorsOf, type ShapeOf, type Value } from '@gradus/layers';
import { resolveOptimizer, type Optimizer, type OptimizerName } from '@gradus/optimizers';
import { OptionError, type FloatDType, type Shape, type Tensor } from '@gradus/tensor';
import { checkLists, checkNumber, checkObjects } from '@gradus/tensor/options';
import type { Loss } from '../losses/loss';
import { Meter } from '../loop/meter';
import { resolveMetrics, type Metric, type MetricName } from '../metrics';
import { resolveLoss, type LossName } from '../losses/resolveLoss';

/** One for all outputs; or, where a model has several, one for each: in a list, or by their names. */
export type PerOutput<T> = T | readonly T[] | { readonly [output: string]: T };

/** What a model is trained to do, and how that is measured. */
export interface Objective {
  /** One, or one with its defaults by Keras's name. */
  readonly optimizer: Optimizer | OptimizerName;
  /** By Keras's name, or a function; of several outputs one for each, or one for all. */
  readonly loss: PerOutput<Loss | LossName>;
  /** How much the loss of each output counts, in a list or by name. Default 1. */
  readonly lossWeights?: readonly number[] | { readonly [output: string]: number };
  /** What to measure besides, by Keras's names or as functions; by output: `{ mask: ['mse'] }`. */
  readonly metrics?: MetricList | { readonly [output: string]: MetricList };
}

type MetricList = readonly (Metric | MetricName)[];

/** What is measured of one output. */
interface Output {
  /** Its name or place; '' where a model has one. */
  readonly name: string;
  /** The shape of one sample's result. */
  readonly shape: Shape;
  readonly loss: Loss;
  readonly weight: number;
  /** By their names in the logs. */
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly targetShapes: readonly Shape[];
}

/** What is judged: targets and predictions in the order of the outputs, and how samples count. */
export interface Judged {
  readonly yTrue: readonly Tensor[];
  readonly yPred: readonly Tensor[];
  readonly sampleWeight: Tensor | undefined;
}

/** Losses and metrics of a model, output by output. */
export class Compiled {
  readonly optimizer: Optimizer;
  /** What it was made of. */
  readonly objective: Objective & { readonly optimizer: Optimizer };
  private readonly outputs: readonly Output[];

  /** @throws OptionError if there is no loss, metric or optimizer of a name, or no such output. */
  constructor(objective: Objective, outputShape: ShapeOf<Value>) {
    this.optimizer = resolveOptimizer(objective.optimizer);
    this.objective = { ...objective, optimizer: this.optimizer };
    const shapes = shapesOf(outputShape);
    const names = shapes.map(([name]) => name);
    const losses = perOutput<Loss | LossName>('loss', objective.loss, names);
    const weights = perOutput<number>('lossWeights', objective.lossWeights ?? 1, names);
    weights.forEach((lossWeight) => checkNumber('compile', { lossWeight }));
    const metrics = metricsOf(objective.metrics ?? [], names);
    this.outputs = shapes.map(([name, shape], i) => {
      const loss = resolveLoss(losses[i]!);
      return {
        name,
        shape,
        loss,
        weight: weights[i]!,
        metrics: named(resolveMetrics(metrics[i]!), name),
        targetShapes: loss.targetShapes?.(shape) ?? [shape],
      };
    });
  }

  /** What the targets for each output may look like, one sample. */
  get targetShapes(): readonly (readonly Shape[])[] {
    return this.outputs.map(({ targetShapes }) => targetShapes);
  }

  /**
   * Refuses targets that no prediction of this element type can have, before any is made.
   * @throws what the losses throw.
   */
  checkTargets(y: Value, dtype: FloatDType): void {
    const targets = tensorsOf(y);
    this.outputs.forEach(({ loss, shape }, i) => {
      loss.checkTargets?.(targets[i]![1], { shape, dtype });
    });
  }

  startMeter(): Meter {
    return new Meter(new Map(this.outputs.flatMap(({ metrics }) => [...metrics])));
  }

  /**
   * The loss, a scalar to be differentiated: the sum of the outputs' losses, times their weights, and
   * of the penalty.
   * @throws OptionError if samples count differently and a loss cannot tell them apart.
   */
  loss(judged: Judged, penalty: Tensor | undefined): Losses {
    const parts = this.outputs.map(({ loss }, i) =>
      lossOf(loss, judged.yTrue[i]!, judged.yPred[i]!, judged.sampleWeight),
    );
    const weighted = parts.map((part, i) => {
      const { weight } = this.outputs[i]!;
      return weight === 1 ? part : mul(part, weight);
    });
    const sum = weighted.reduce((before, part) => add(before, part));
    const total = penalty === undefined ? sum : add(sum, penalty);
    return { total, value: total.item(), parts };
  }

  /** Has the meter take in a batch; the metrics look at targets and predictions as they are. */
  measure(meter: Meter, { yTrue, yPred }: Judged, { value, parts }: Losses): void {
    const samples = yPred[0]!.shape[0]!;
    meter.add('loss', value, samples);
    if (parts.length > 1) {
      parts.forEach((part, i) => meter.add(`${this.outputs[i]!.name}_loss`, part.item(), samples));
    }
    this.outputs.forEach(({ metrics }, i) => {
      for (const name of metrics.keys()) meter.measure(name, yTrue[i]!, yPred[i]!);
    });
  }
}

/** The loss that training lowers, and what each output contributes before it is weighted. */
export interface Losses {
  readonly total: Tensor;
  /** The number that it is. */
  readonly value: number;
  readonly parts: readonly Tensor[];
}

function lossOf(loss: Loss, yTrue: Tensor, yPred: Tensor, weights: Tensor | undefined): Tensor {
  if (weights === undefined) return loss(yTrue, yPred);
  if (loss.perSample === undefined) {
    throw new OptionError({
      op: 'sampleWeight',
      expected: 'a loss that gives a number for each sample, as those of this library do',
      received: loss.name === '' ? 'a function without perSample' : loss.name,
      hint: 'Give it a function perSample(yTrue, yPred), from which comes a tensor [batch].',
    });
  }
  const each = loss.perSample(yTrue, yPred);
  return mean(mul(each, cast(weights, each.dtype)));
}

/** One of each for each output. */
function perOutput<T>(option: string, given: PerOutput<T>, names: readonly string[]): readonly T[] {
  if (typeof given !== 'object' || given === null) return names.map(() => given);
  const several = given as readonly T[] | { readonly [output: string]: T };
  const keys = Array.isArray(several) ? several.map((_, i) => String(i)) : Object.keys(several);
  const fits = keys.length === names.length && names.every((name) => keys.includes(name));
  if (fits) return names.map((name) => (several as { readonly [output: string]: T })[name]!);
  throw unknownOutputs(option, names, keys);
}

function metricsOf(
  given: NonNullable<Objective['metrics']>,
  names: readonly string[],
): readonly MetricList[] {
  if (Array.isArray(given)) return names.map(() => given as MetricList);
  checkObjects('compile', { metrics: given });
  const byName = given as { readonly [output: string]: MetricList };
  checkLists('compile', byName);
  const keys = Object.keys(byName);
  if (keys.some((key) => !names.includes(key))) throw unknownOutputs('metrics', names, keys);
  return names.map((name) => byName[name] ?? []);
}

/** Metrics under the names that they have in the logs: of several outputs, behind the output's. */
function named(metrics: ReadonlyMap<string, Metric>, output: string): ReadonlyMap<string, Metric> {
  if (output === '') return metrics;
  return new Map([...metrics].map(([name, metric]) => [`${output}_${name}`, metric]));
}

function unknownOutputs(
  option: string,
  names: readonly string[],
  keys: readonly string[],
): OptionError {
  return new OptionError({
    op: 'compile',
    expected: names[0] === '' ? `one ${option}` : `${option} for the outputs ${names.join(', ')}`,
    received: keys.length === 0 ? 'none' : keys.join(', '),
  });
}
