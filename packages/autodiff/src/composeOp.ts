import type { Tensor } from '@gradus/tensor';
import { caseOf, type AnyOp, type OpSample, type TensorLike } from './opDefinition';
import { checkedDType, toTensors } from './operands';

/** A function of one tensor that is made of operations, with the points at which the tests try it. */
export interface Composition<A> {
  readonly name: string;
  /** See `OpDefinition`. */
  readonly dtype?: 'float' | 'same';
  readonly compute: (x: Tensor, attributes: A) => Tensor;
  readonly samples: readonly OpSample<'x', A>[];
}

/** A composition: call it with x, then its attributes if it has any. */
export interface ComposedOp<A> extends AnyOp {
  (x: TensorLike, ...attributes: undefined extends A ? [attributes?: A] : [attributes: A]): Tensor;
}

/**
 * Makes a function of its composition: it checks x in its own name. Tapes list the operations that it
 * consists of, which also give its gradient; for the tests it is one operation like any other.
 */
export function composeOp<A = undefined>(composition: Composition<A>): ComposedOp<A> {
  const { name, dtype = 'float', compute, samples } = composition;
  const definition = { name, inputs: ['x'] } as const;
  const call = (value: TensorLike, attributes?: A): Tensor => {
    const tensors = toTensors(definition, [value]);
    checkedDType(definition, dtype, tensors);
    return compute(tensors[0]!, attributes as A);
  };
  const cases = samples.map((sample) =>
    caseOf(definition, sample, ([x]) => compute(x!, sample.attributes as A)),
  );
  return Object.assign(call, { definition, cases });
}
