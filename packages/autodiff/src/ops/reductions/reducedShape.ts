import type { Shape } from '@gradus/tensor';
import { axesOf } from '../checks/axes';
import { callOptions } from '../checks/callOptions';

/** Along which axes to reduce. */
export interface ReduceOptions {
  /** One axis or several; negative ones count from the end. Default: all. */
  readonly axis?: number | readonly number[] | undefined;
  /** Whether reduced axes stay, with size 1. Default false. */
  readonly keepDims?: boolean;
}

/** The axes to reduce, ascending from 0. */
export function reducedAxes(
  op: string,
  options: ReduceOptions | undefined,
  rank: number,
): number[] {
  return axesOf(op, callOptions(op, options).axis, rank);
}

/** What is left of a shape. */
export function reducedShape(op: string, x: Shape, options: ReduceOptions | undefined): Shape {
  const axes = reducedAxes(op, options, x.length);
  if (options?.keepDims === true) return x.map((size, i) => (axes.includes(i) ? 1 : size));
  return x.filter((_, i) => !axes.includes(i));
}
