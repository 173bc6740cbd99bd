import type { PoolGeometry } from './poolGeometry';

/** The pixels along an axis that a window shares with the image. */
export interface PoolRange {
  readonly first: number;
  /** At least 1. */
  readonly count: number;
}

/** For each row and each column of the result, the rows and columns of the image in its window. */
export interface PoolRanges {
  readonly rows: readonly PoolRange[];
  readonly columns: readonly PoolRange[];
}

/** What of the windows lies in the image: padding needs not be looked at any more. */
export function poolRanges({ input, output, pool, strides, padding }: PoolGeometry): PoolRanges {
  const vertical = { size: input.height, pool: pool.height, stride: strides.vertical };
  const horizontal = { size: input.width, pool: pool.width, stride: strides.horizontal };
  return {
    rows: rangesOf(output.height, { ...vertical, before: padding.top }),
    columns: rangesOf(output.width, { ...horizontal, before: padding.left }),
  };
}

interface Axis {
  readonly size: number;
  readonly pool: number;
  readonly stride: number;
  readonly before: number;
}

function rangesOf(windows: number, { size, pool, stride, before }: Axis): PoolRange[] {
  return Array.from({ length: windows }, (_, i) => {
    const begin = i * stride - before;
    const first = Math.max(begin, 0);
    return { first, count: Math.min(begin + pool, size) - first };
  });
}
