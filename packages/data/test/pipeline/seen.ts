import type { Tensor } from '@gradus/tensor';

/** Everything that can be seen of a tensor, or of tensors in lists and records. */
export function seen(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && 'storage' in part
        ? {
            dtype: (part as Tensor).dtype,
            shape: (part as Tensor).shape,
            is: (part as Tensor).toArray(),
          }
        : part,
    ),
  );
}
