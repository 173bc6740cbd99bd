import { Tensor } from '@gradus/tensor';
import { inWords, isRecord } from '@gradus/tensor/options';
import type { Law, Subject } from '@gradus/tensor/testing';

/** Of functions of an implementation what they give: a tensor, or several by these names. */
type Results<S extends Subject> = Readonly<
  Partial<Record<keyof S & string, 'tensor' | readonly string[]>>
>;

/** The same laws, which look first whether the functions of an implementation give tensors at all. */
export function givingTensors<S extends Subject>(
  results: Results<S>,
  laws: readonly Law<S>[],
): readonly Law<S>[] {
  return laws.map((law) => ({
    ...law,
    check: (subject, options) => law.check(watched(subject, results), options),
  }));
}

/** An implementation with what it gives checked. */
function watched<S extends Subject>(subject: S, results: Results<S>): S {
  const like = Object.create(subject) as S;
  for (const [name, kind] of Object.entries(results)) {
    const own: unknown = subject[name as keyof S];
    if (typeof own !== 'function') continue;
    const value = (...given: unknown[]): unknown => {
      const result: unknown = Reflect.apply(own, subject, given);
      if (kind === 'tensor') checkTensor(`${name} to give a tensor`, result);
      else {
        for (const part of kind as readonly string[])
          checkTensor(
            `${name} to give a tensor as ${part}`,
            isRecord(result) ? result[part] : result,
          );
      }
      return result;
    };
    Object.defineProperty(like, name, { value });
  }
  return like;
}

function checkTensor(what: string, result: unknown): void {
  if (!(result instanceof Tensor))
    throw new Error(`expected ${what}; received ${inWords(result)}.`);
}
