import type { FloatDType, Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';

/** An activation, as laws see it: a function of each number of a tensor, and what is known of it. */
export interface ActivationImplementation extends Subject {
  /** Of the tensors that it takes and gives. */
  readonly dtype: FloatDType;
  readonly activate: (x: Tensor) => Tensor;
  /** Its slope at each number of x: the gradient of the sum of all results. */
  readonly slope?: (x: Tensor) => Tensor;
  readonly properties: ActivationProperties;
}

/** A straight line: slope x + height. */
export interface Line {
  readonly slope: number;
  readonly height: number;
}

/**
 * What is known of a function of one number; what is left out is not claimed, and the law about it does
 * not apply.
 */
export interface ActivationProperties {
  /** Its value at one number, in double precision. */
  readonly definition?: (x: number) => number;
  /** Between which numbers all its values are; these may be infinite. */
  readonly range?: readonly [least: number, most: number];
  /** Whether it never falls. */
  readonly monotone?: boolean;
  /** Whether its value halfway between two numbers is never above the mean of its values there. */
  readonly convex?: boolean;
  /** The steepest that it is anywhere, up or down. */
  readonly lipschitz?: number;
  /** What is odd or even when a line is taken from it: sigmoid(x) - 1/2 is odd, relu(x) - x/2 even. */
  readonly symmetry?: { readonly parity: 'odd' | 'even'; readonly about: Line };
  /** Whether f(s x) = s f(x) for every s above 0. */
  readonly homogeneous?: boolean;
  /** The line that it comes near to far on the left, and from which number on. */
  readonly left?: Asymptote;
  /** Likewise on the right. */
  readonly right?: Asymptote;
  /** Where its slope jumps; there laws about slopes say nothing. */
  readonly kinks?: readonly number[];
}

/** A line that a function comes near to. */
export interface Asymptote extends Line {
  /** The distance from 0 beyond which nothing but rounding is between them, in float64. */
  readonly beyond: number;
}
