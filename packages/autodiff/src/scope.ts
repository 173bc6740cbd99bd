import { inScope as inEngineScope } from '@gradus/kernels';
import { isRecording } from './tape';

/**
 * Runs `f` in a scope of the current engine. The tensors in its result survive: a tensor, or several
 * in arrays, maps and plain objects. All others that were computed inside can no longer be read
 * afterwards, unless `keep` was called for them; so the engine can use their memory again at once.
 * While a tape is running the scope around `f` stays the innermost one: the walk back will read what
 * `f` computed on the way.
 */
export function inScope<T>(f: () => T): T {
  return isRecording() ? f() : inEngineScope(f);
}
