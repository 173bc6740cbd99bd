import type { Variable } from '@gradus/autodiff';
import type { Random, Tensor } from '@gradus/tensor';
import type { Value } from './value';

/** How a layer is called at this moment. */
export interface CallContext {
  /** Whether the model is being trained: dropout drops, normalisation uses the batch. */
  readonly training: boolean;
  /** The layer's own stream of random numbers for this step. */
  readonly random: Random;
  /** Present in a step of training; see `UpdateState` and `StateUpdates`. */
  readonly update?: UpdateState | undefined;
}

/**
 * Says what a variable that optimizers leave alone, such as a moving average, is to be after the step:
 * `rule` gives it from what it is before. Until the step is made, nothing changes.
 */
export type UpdateState = (variable: Variable, rule: (before: Tensor) => Tensor) => void;

/** A built layer: a function of its input. Tensors have the batch as first axis. */
export interface Call<In extends Value = Tensor, Out extends Value = Tensor> {
  (input: In, context: CallContext): Out;
  /** Present if, at some moments, it does no more than scale and shift each channel. */
  readonly affine?: Affine | undefined;
  /** The layer and the one after it in one pass, where that is quicker; see `fusion.ts`. */
  readonly followedBy?: ((next: Following) => FusedCall<In, Out> | undefined) | undefined;
}

/** Each channel multiplied with a number, plus another one. */
export interface Affine {
  /** Whether that is all that the layer does at this moment. */
  applies(context: CallContext): boolean;
  /** The numbers as they are now, both [channels]. */
  read(): { readonly factor: Tensor; readonly shift: Tensor };
}

/** What comes after a layer. */
export interface Following {
  /** What sort of layer it is. */
  readonly layer: { readonly kind: string; readonly config: object };
  readonly call: { readonly affine?: Affine | undefined };
}

/** Two calls or more as one. */
export interface FusedCall<In extends Value = Tensor, Out extends Value = Tensor> extends Call<
  In,
  Out
> {
  /** Whether they can be one at this moment; if not, they are called one after the other. */
  readonly applies: (context: CallContext) => boolean;
}

/** A call with something around it, also around what it offers besides. */
export function wrapCall<In extends Value, Out extends Value>(
  call: Call<In, Out>,
  around: (call: Call<In, Out>, input: In, context: CallContext) => Out,
): Call<In, Out> {
  const wrapped: Call<In, Out> = (input, context) => around(call, input, context);
  const { affine, followedBy } = call;
  if (followedBy === undefined) return Object.assign(wrapped, affine && { affine });
  return Object.assign(wrapped, {
    ...(affine && { affine }),
    followedBy: (next: Following): FusedCall<In, Out> | undefined => {
      const fused = followedBy(next);
      if (fused === undefined) return undefined;
      const { applies } = fused;
      return Object.assign(wrapCall<In, Out>(fused, around), { applies });
    },
  });
}
