import { Tensor, type Storage } from '@gradus/tensor';
import { currentBackend } from './current';

/**
 * Runs `f` in a scope of the current engine. The tensors in its result survive: a tensor, or several
 * in arrays, maps and plain objects. All others that were computed inside can no longer be read
 * afterwards, unless `keep` was called for them; so the engine can use their memory again at once.
 */
export function inScope<T>(f: () => T): T {
  const { scopes } = currentBackend();
  if (scopes === undefined) return f();
  let survivors: Iterable<Storage> = [];
  scopes.enter();
  try {
    const result = f();
    survivors = storagesIn(result);
    return result;
  } finally {
    scopes.leave(survivors);
  }
}

/**
 * Runs `f` in the scope that is open, where what it computes stays readable; in one of its own, as
 * `inScope` does, if there is none.
 */
export function inOpenScope<T>(f: () => T): T {
  const { scopes } = currentBackend();
  return scopes === undefined || scopes.depth > 0 ? f() : inScope(f);
}

/**
 * Lets a tensor outlive the function it is computed in, without being returned from it: for looking
 * at something in the middle of `valueAndGrad`, `fit` or `predict`. Returns the tensor.
 */
export function keep<T extends Tensor>(tensor: T): T {
  tensor.storage.keep?.();
  return tensor;
}

function storagesIn(value: unknown, found = new Set<Storage>()): Set<Storage> {
  if (isTensor(value)) found.add(value.storage);
  else if (Array.isArray(value)) for (const item of value) storagesIn(item, found);
  else if (value instanceof Map) for (const item of value.values()) storagesIn(item, found);
  else if (isPlainObject(value)) {
    for (const item of Object.values(value)) storagesIn(item, found);
  }
  return found;
}

function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

function isPlainObject(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
