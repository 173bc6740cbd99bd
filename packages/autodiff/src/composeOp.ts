import type { Tensor } from '@gradus/tensor';
import { caseOf, type Arguments, type AnyOp, type OpCase, type OpSample } from './opDefinition';
import { checkedDType, named, toTensors } from './operands';

/** A function of tensors that is made of operations, with the points at which the tests try it. */
export interface Composition<I extends string, A> {
  readonly name: string;
  /** The names of the inputs, in the order of the arguments. */
  readonly inputs: readonly I[];
  /** See `OpDefinition`. */
  readonly dtype?: 'float' | 'same';
  /** See `OpDefinition`. */
  readonly apart?: readonly I[];
  compute(inputs: Readonly<Record<I, Tensor>>, attributes: A): Tensor;
  readonly samples: readonly OpSample<I, A>[];
}

/** A composition: call it with its inputs in order, then its attributes if it has any. */
export interface ComposedOp<I extends readonly string[], A> extends AnyOp {
  (...args: Arguments<I, A>): Tensor;
}

/**
 * Makes a function of its composition: it checks the inputs in its own name. Tapes list the operations
 * that it consists of, which also give its gradient; for the tests it is one operation like any other.
 */
export function composeOp<const I extends readonly string[], A = undefined>(
  composition: Composition<I[number], A> & { readonly inputs: I },
): ComposedOp<I, A> {
  const { name, inputs, apart, dtype = 'float' } = composition;
  const definition = { name, inputs, ...(apart && { apart }) };
  const apply = (tensors: readonly Tensor[], attributes: A): Tensor =>
    composition.compute(named<I[number]>(inputs, tensors), attributes);
  const call = (...args: readonly unknown[]): Tensor => {
    const tensors = toTensors(
      definition,
      inputs.map((_, i) => args[i]),
    );
    checkedDType(definition, dtype, tensors);
    return apply(tensors, args[inputs.length] as A);
  };
  // Made when somebody asks for them: only tests do.
  const cases = (): readonly OpCase[] =>
    composition.samples.map((sample) =>
      caseOf(definition, sample, (tensors) => apply(tensors, sample.attributes as A)),
    );
  const op = Object.assign(call, { definition });
  return Object.defineProperty(op, 'cases', { get: cases }) as typeof op & AnyOp;
}
