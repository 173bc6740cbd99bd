import { Variable } from '@gradus/autodiff';
import type { Value } from '@gradus/layers';
import { OptionError, scalar, type Tensor } from '@gradus/tensor';
import {
  Meter,
  type GradientListener,
  type Logs,
  type StepOptions,
  type TrainedModel,
} from '../src/index';

/** What a rehearsed training is to go through. */
export interface Script {
  /** The loss of each step, epoch by epoch: `[[4, 3], [2, 1]]` is two epochs of two batches. */
  readonly losses: readonly (readonly number[])[];
  /** The validation loss of each epoch. Default: no validation. */
  readonly validationLosses?: readonly number[];
  /** What validation, if there is one, measures besides: `{ accuracy: [0.5, 0.75] }`, by epoch. */
  readonly validationMetrics?: Readonly<Record<string, readonly number[]>>;
  /** What the optimizer begins with. Default 1. */
  readonly learningRate?: number;
}

/** A model of one weight, called `weight`, that counts the steps; its gradients are the losses. */
export interface RehearsedModel extends TrainedModel {
  readonly optimizer: { learningRate: number };
  /** Where it was saved, and after how many steps. */
  readonly saved: readonly { readonly path: string; readonly steps: number }[];
}

/** A model that says its lines. */
export class Actor implements RehearsedModel {
  readonly variables = [new Variable('weight', scalar(0))];
  readonly optimizer: { learningRate: number };
  readonly saved: { readonly path: string; readonly steps: number }[] = [];
  private readonly listeners = new Set<GradientListener>();
  private steps = 0;

  constructor(private readonly script: Script) {
    this.optimizer = { learningRate: script.learningRate ?? 1 };
  }

  weight(name: string): Variable {
    const weight = this.variables[0]!;
    if (name === weight.name) return weight;
    throw new OptionError({ op: 'weight', expected: "'weight'", received: `'${name}'` });
  }

  startMeter(): Meter {
    return new Meter();
  }

  trainStep(_x: Value, _y: Value, { meter = this.startMeter() }: StepOptions = {}): Logs {
    const loss = this.script.losses.flat()[this.steps]!;
    meter.add('loss', loss, 1);
    this.steps += 1;
    this.variables[0]!.assign(scalar(this.steps));
    const gradients = new Map<string, Tensor>([['weight', scalar(loss)]]);
    for (const listener of this.listeners) listener(gradients);
    return meter.logs;
  }

  async save(path: string): Promise<void> {
    this.saved.push({ path, steps: this.steps });
  }

  observeGradients(listener: GradientListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** By the steps made, so that a callback may ask as often as it likes. */
  measure(): Logs {
    const { losses, validationLosses = [], validationMetrics = {} } = this.script;
    const epoch = Math.ceil(this.steps / losses[0]!.length) - 1;
    const metrics = Object.entries(validationMetrics).map(
      ([name, values]) => [name, values[epoch]!] as const,
    );
    return { loss: validationLosses[epoch]!, ...Object.fromEntries(metrics) };
  }

  predict(): never {
    throw new OptionError({
      op: 'predict',
      expected: 'a model that computes',
      received: 'a rehearsal, whose losses are given',
    });
  }
}
