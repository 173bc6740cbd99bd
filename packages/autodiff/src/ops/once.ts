import type { Tensor } from '@gradus/tensor';

/** What `f` makes, the same tensor each time; made when it is first wanted. */
export function once(f: () => Tensor): () => Tensor {
  let made: Tensor | undefined;
  return () => (made ??= f());
}
