import type { Backend } from '@gradus/autodiff';
import type { Tensor } from '@gradus/tensor';

/** What a rule remembers of one weight between steps. */
export type State = Readonly<Record<string, Tensor>>;

/** What a rule gets to know of one weight at one step. */
export interface UpdateArguments<S extends State> {
  readonly weight: Tensor;
  readonly gradient: Tensor;
  readonly state: S;
  /** Counts from 1. */
  readonly step: number;
  readonly learningRate: number;
}

/** An optimizer's mathematics, as a pure function of one weight. */
export interface UpdateRule<S extends State> {
  readonly name: string;
  /** The state before the first step. */
  init(weight: Tensor): S;
  update(args: UpdateArguments<S>): Updated<S>;
  /**
   * The same in one pass, by a kernel of the engine, or `undefined` where it has none. Equal to
   * `update` but for rounding.
   */
  updateAtOnce?(engine: Backend, args: UpdateArguments<S>): Updated<S> | undefined;
}

/** A weight and its state after a step. */
export interface Updated<S extends State> {
  readonly weight: Tensor;
  readonly state: S;
}
