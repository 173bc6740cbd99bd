import type { Tensor } from '@gradus/tensor';
import type { Call, CallContext } from '../../core/call';
import { joinCalls } from '../fusion';
import { tensorsOf } from '../../core/parts';
import type { Value } from '../../core/value';
import { inForm, isSingle } from './forms';
import type { Plan, Source, Step } from './plan';

/**
 * Goes through the steps with anything in place of tensors: `run` makes results of what a step takes.
 * @returns what there is at the end.
 */
export function runPlan<T>(
  { steps, results }: Plan,
  inputs: readonly T[],
  run: (step: Step, given: readonly T[], i: number) => readonly T[],
): readonly T[] {
  const made: (readonly T[])[] = [];
  const at = ({ step, part }: Source): T => (step < 0 ? inputs[-1 - step]! : made[step]![part]!);
  steps.forEach((step, i) => made.push(run(step, step.from.map(at), i)));
  return results.map(at);
}

/** The calls of a plan's layers as one function from a list of tensors to another. */
export function callPlan(
  plan: Plan,
  calls: readonly Call<Value, Value>[],
): (inputs: readonly Tensor[], context: CallContext) => readonly Tensor[] {
  const chains = chainsOf(plan);
  const joined = calls.map((call, i) => {
    const chain = chains[i]!;
    if (chain.length < 2) return [call];
    return joinCalls(chain.map((k) => ({ layer: plan.steps[k]!.layer, call: calls[k]! })));
  });
  return (inputs, context) =>
    runPlan(plan, inputs, ({ input }, given, i) => {
      // A step within a chain gives what the chain gives: only its last step's result is used.
      if (chains[i]!.length === 0) return given;
      const value: Value = inForm<Tensor>(input, (_, k) => given[k]!);
      const result = joined[i]!.reduce((x, call) => call(x, context), value);
      return tensorsOf(result).map(([, tensor]) => tensor);
    });
}

/**
 * For each step the steps that are to be called in its place: itself; itself and those that follow it
 * alone, one by one, if each gives one tensor that nobody else takes; or none, if it is one of these.
 */
function chainsOf({ steps, results }: Plan): readonly (readonly number[])[] {
  const takers = steps.map((): number[] => []);
  steps.forEach(({ from }, i) => from.forEach(({ step }) => takers[step]?.push(i)));
  results.forEach(({ step }) => takers[step]?.push(-1));
  const follower = (i: number): number | undefined => {
    const [taker = -1, ...others] = takers[i]!;
    const alone = taker >= 0 && others.length === 0 && isSingle(steps[i]!.output);
    return alone && isSingle(steps[taker]!.input) ? taker : undefined;
  };
  const inside = new Set<number>();
  return steps.map((_, i) => {
    if (inside.has(i)) return [];
    const chain = [i];
    for (let next = follower(i); next !== undefined; next = follower(next)) {
      chain.push(next);
      inside.add(next);
    }
    return chain;
  });
}
