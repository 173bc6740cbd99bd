import { Random, type Tensor } from '@gradus/tensor';
import { rootScope, StateUpdates, type Layer } from '../src/index';

/** What checkLayer expects of a layer without weights. */
export const weightless = { weights: {}, parameters: { trainable: 0, nonTrainable: 0 } };

/** Where a layer is built in tests. */
export const scope = () => rootScope('model', { random: new Random(0) });

/** What TypeScript would refuse, and JavaScript or a file may give. */
export function given<T>(nonsense: unknown): T {
  return nonsense as T;
}

/** How a layer is called. */
interface Mode {
  readonly training?: boolean;
  /** Drives what is drawn. Default 0. */
  readonly seed?: number;
  /** Which step of training it is. Default 0. */
  readonly step?: number;
  /** Values of its weights, in order; those that are missing keep their first ones. */
  readonly weights?: readonly Tensor[];
}

/** A layer's result for a batch. */
export function applied(
  layer: Layer,
  x: Tensor,
  { training = false, seed = 0, step = 0, weights = [] }: Mode = {},
): Tensor {
  const built = scope();
  const call = layer.build(x.shape.slice(1), built);
  weights.forEach((value, i) => built.variables[i]!.assign(value));
  const { update } = new StateUpdates();
  return call(x, { training, random: new Random(seed).split(step), update });
}
