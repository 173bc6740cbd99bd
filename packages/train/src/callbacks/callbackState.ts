import type { JsonObject } from '@gradus/layers';
import type { Tensor } from '@gradus/tensor';

/** What a callback remembers. */
export interface CallbackState {
  /** Numbers, texts and flags, in lists and objects, as JSON has them; numbers may be NaN or infinite. */
  readonly values: JsonObject;
  /** Such as copies of weights, by name. */
  readonly tensors?: Readonly<Record<string, Tensor>> | undefined;
}
