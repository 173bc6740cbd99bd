import type { Value } from '@gradus/layers';
import { OptionError, type Tensor } from '@gradus/tensor';
import { inWords, refuseOthers } from '@gradus/tensor/options';
import type { Callback } from '../callbacks';
import type { Batches } from './batch';
import type { Samples } from './samples';
import type { SampleWeightOptions } from './sampleWeights';

/** How to train on arrays; Keras's names and defaults. */
export interface FitOptions<
  In extends Value = Tensor,
  Target extends Value = Tensor,
> extends SampleWeightOptions {
  /** Samples in each step. Default 32. */
  readonly batchSize?: number;
  /** The number of the epoch before which to end: epochs initialEpoch to epochs - 1. Default 1. */
  readonly epochs?: number;
  /** The number of the first epoch, to go on where a training ended. Default 0. */
  readonly initialEpoch?: number;
  /**
   * Whether to go on where the model's training stopped, be it in the midst of an epoch: then `epochs`
   * counts all from the very first, and all other options are to be what they were. Callbacks take up what
   * they remembered. Default false.
   */
  readonly resume?: boolean;
  /** Part of the samples, the last ones before any shuffling, to validate on; 0 to below 1. */
  readonly validationSplit?: number;
  /** What to validate on, instead of a split: samples, targets and how much each counts, or a dataset. */
  readonly validationData?:
    readonly [x: In, y: Target, sampleWeight?: Samples['weights']] | Batches<In, Target>;
  /** Whether each epoch has an order of its own. Default true. */
  readonly shuffle?: boolean;
  /** Drives the shuffling. Default 0. */
  readonly seed?: number;
  readonly callbacks?: readonly Callback[];
  /** 1 shows a progress bar, 2 a line for each epoch. Default 0: nothing. */
  readonly verbose?: 0 | 1 | 2;
  /** Stops the training after the present step when it is aborted, like a callback's `stop()`. */
  readonly signal?: AbortSignal;
}

/** What a dataset decides, not the options. */
const arrayOptions = ['batchSize', 'validationSplit', 'shuffle', 'seed', 'sampleWeight'] as const;

/** Those that both kinds of data have. */
const commonOptions = [
  ...(['epochs', 'initialEpoch', 'resume', 'validationData', 'classWeight'] as const),
  ...(['callbacks', 'verbose', 'signal'] as const),
] satisfies readonly (keyof FitOptions)[];

/** How to train on a dataset, whose batches and their order are its own. */
export interface DatasetFitOptions<
  In extends Value = Tensor,
  Target extends Value = Tensor,
> extends Omit<FitOptions<In, Target>, (typeof arrayOptions)[number]> {
  /**
   * How many batches make an epoch, for a dataset without end or a very long one: the next epoch goes on
   * behind them, as in Keras. Default: an epoch is the dataset once.
   */
  readonly stepsPerEpoch?: number;
}

/** What a training went through. */
export interface History {
  /** The numbers of the epochs; of a training that was resumed, from the very first. */
  readonly epoch: readonly number[];
  /** For `loss` and each metric and, with validation, `val_loss` and so on: one number an epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Whether it was stopped before its end. */
  readonly stopped: boolean;
}

/** @throws OptionError if there is no such option, or only the other kind of data has it. */
export function checkApplies(options: object, data: 'arrays' | 'a dataset'): void {
  const others: readonly string[] = data === 'arrays' ? ['stepsPerEpoch'] : arrayOptions;
  for (const name of others) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined) continue;
    throw new OptionError({
      op: 'fit',
      expected: `no ${name} with ${data}`,
      received: inWords(value),
      hint: hints[name],
    });
  }
  const own = data === 'arrays' ? arrayOptions : (['stepsPerEpoch'] as const);
  refuseOthers('fit', [...own, ...commonOptions], options);
}

const hints: Readonly<Record<string, string>> = {
  batchSize: 'Its batches are taken as they are.',
  validationSplit: 'Give validationData: other samples, or another dataset.',
  shuffle: 'It has an order of its own.',
  seed: 'It has an order of its own.',
  sampleWeight: 'Its batches may have weights: { x, y, weights }.',
  stepsPerEpoch: 'An epoch is all samples once.',
};
