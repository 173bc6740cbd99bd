import { formatShape } from '@gradus/tensor';
import fc from 'fast-check';
import type { KernelCall } from '../calls/kernelCall';

/** A call in a chain of calls, some of whose operands are windows on results of former ones. */
export interface ChainedCall {
  readonly call: KernelCall;
  readonly operands: readonly OperandPlan[];
  /** What happens to scopes: before the call, one may open; after it, the innermost may end. */
  readonly scope: 'none' | 'enter' | 'leave';
}

/** Where an operand is taken from. */
export interface OperandPlan {
  /** Its own numbers, in an ordinary array or in the engine's memory, or those of a result. */
  readonly from: 'array' | 'engine' | 'result';
  /** Which result, counted from the last. */
  readonly result: number;
  /** For each axis its stride, as far as the result has room for it; 0 where none is named. */
  readonly strides: readonly number[];
  /** Where the window begins, as far as there is room. */
  readonly offset: number;
}

/** Chains of calls; they shrink towards few calls on their own numbers. */
export function callChains(calls: fc.Arbitrary<KernelCall>): fc.Arbitrary<readonly ChainedCall[]> {
  const operand = fc.record({
    from: fc.constantFrom('array', 'engine', 'result', 'result'),
    result: fc.nat({ max: 3 }),
    strides: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 6 }),
    offset: fc.nat({ max: 20 }),
  });
  const chained = fc.record({
    call: calls,
    operands: fc.array(operand, { minLength: 7, maxLength: 7 }),
    scope: fc.constantFrom('none', 'none', 'enter', 'leave'),
  });
  return fc
    .array(chained, { minLength: 1, maxLength: 8 })
    .map((chain) => chain.map((call) => describedBy(call, () => descriptionOf(call))));
}

/** What a failing property prints of a value. */
function describedBy<T extends object>(value: T, describe: () => string): T {
  return Object.defineProperty({ ...value }, fc.toStringMethod, { value: describe });
}

function descriptionOf({ call, operands, scope }: ChainedCall): string {
  const inputs = call.inputs.map((own, i) => {
    const { from, result, strides, offset } = operands[i]!;
    if (from !== 'result') return `${fc.stringify(own)} in ${from}`;
    const window = `strides ${formatShape(strides)} offset ${offset}`;
    return `${formatShape(own.shape)} of result ${-1 - result}, ${window}, or ${fc.stringify(own)}`;
  });
  const out = `out ${formatShape(call.out.shape)} offset ${call.out.offset}`;
  return `\n  ${call.kernel} (${[...inputs, out].join('; ')}), scope: ${scope}`;
}
