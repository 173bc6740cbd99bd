import type { Backend } from '@gradus/autodiff';
import type { Value } from '@gradus/layers';
import type { FloatDType, Tensor } from '@gradus/tensor';
import type { Objective } from './compiled';
import type { MeasureOptions } from '../loop/trainable';

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
export interface CompileOptions extends Objective {
  /** The engine that computes. Default: the current one. */
  readonly engine?: Backend;
}

/** How many samples to compute at once. */
export interface BatchOptions {
  /** Default 32. */
  readonly batchSize?: number;
}

/** How to evaluate. */
export interface EvaluateOptions extends MeasureOptions {
  /** Whether to return the loss and all metrics by name, as Keras's return_dict. Default false. */
  readonly returnDict?: boolean;
}

/** The targets for a model's results: one for each output, in the same list or under the same names. */
export type TargetsOf<Out extends Value> = Out extends Tensor
  ? Tensor
  : { readonly [K in keyof Out]: Tensor };
