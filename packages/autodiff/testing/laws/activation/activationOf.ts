import type { FloatDType, Tensor } from '@gradus/tensor';
import { currentBackend, sum, valueAndGrad, withBackend, type Backend } from '../../../src/index';
import type { ActivationImplementation, ActivationProperties } from './implementation';

/** Where an activation is computed. */
interface ActivationPlace {
  readonly dtype: FloatDType;
  /** Default: the current one. */
  readonly engine?: Backend;
}

/** A function made of operations as an implementation; its slopes are those of the tape. */
export function activationOf(
  name: string,
  f: (x: Tensor) => Tensor,
  properties: ActivationProperties,
  { dtype, engine = currentBackend() }: ActivationPlace,
): ActivationImplementation {
  return {
    name: `${name} on ${engine.name}, ${dtype}`,
    dtype,
    properties,
    activate: (x) => withBackend(engine, () => f(x)),
    slope: (x) => withBackend(engine, () => valueAndGrad(() => sum(f(x)), [x]).grads[0]),
  };
}
