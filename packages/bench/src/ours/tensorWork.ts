import { inScope, tensor, withBackend, type Backend, type Tensor } from 'gradus';
import type { Values } from '../data/values';
import { repeat, type Work } from '../harness/library';

/**
 * Operations as work. Each run is a scope of its own inside one around them all, as steps are within
 * a longer computation: operands enter the engine's memory once, and results do not leave it.
 */
export function tensorWork(backend: Backend, compute: () => Tensor): Work {
  backend.scopes?.enter();
  const once = () => inScope(() => void compute());
  return {
    run: (times) => withBackend(backend, () => repeat(times, once)),
    result: () => withBackend(backend, () => Float32Array.from(compute().toTypedArray())),
    release: () => backend.scopes?.leave([]),
  };
}

/** A tensor of these numbers. */
export function tensorOf({ data, shape }: Values): Tensor {
  return tensor(data, shape);
}
