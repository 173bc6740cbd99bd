import type { Tensor } from '@gradus/tensor';
import type { AnyOp, OpSample } from './opDefinition';

/** A function of one tensor that is made of operations, with the points at which the tests try it. */
export interface Composition<A> {
  readonly name: string;
  readonly compute: (x: Tensor, attributes: A) => Tensor;
  readonly samples: readonly OpSample<'x', A>[];
}

/** A composition: call it with x, then its attributes if it has any. */
export interface ComposedOp<A> extends AnyOp {
  (x: Tensor, ...attributes: undefined extends A ? [attributes?: A] : [attributes: A]): Tensor;
}

/**
 * Makes a function of its composition. Tapes list the operations that it consists of, which also give
 * its gradient; for the tests it is one operation like any other.
 */
export function composeOp<A = undefined>(composition: Composition<A>): ComposedOp<A> {
  const { name, compute, samples } = composition;
  const call = (x: Tensor, attributes?: A): Tensor => compute(x, attributes as A);
  const cases = samples.map((sample) => ({
    op: name,
    inputs: [{ name: 'x', shape: sample.inputs.x }],
    sizes: sample.sizes ?? {},
    domain: sample.domain ?? ([-2, 2] as const),
    kinks: sample.kinks ?? [],
    distinct: sample.distinct ?? false,
    call: ([x]: readonly Tensor[]): Tensor => compute(x!, sample.attributes as A),
  }));
  return Object.assign(call, { definition: { name, inputs: ['x'] }, cases });
}
