import fc from 'fast-check';
import type { PaddingAlongAxes } from '../../../src/index';

/** Windows along one axis, as a test computes them from their definition. */
export interface LegalAxis {
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly size: number;
  readonly output: number;
}

/** Windows along several axes, and the options that describe them. */
export interface LegalWindows {
  readonly axes: readonly LegalAxis[];
  readonly options: {
    readonly strides: readonly number[];
    readonly dilations: readonly number[];
    readonly padding: PaddingAlongAxes;
  };
}

/**
 * Legal windows of every kind along so many axes: the window comes first, and x is made large
 * enough. With `pooling` the padding is smaller than the window, and taps stand side by side.
 */
export function legalWindows(count: number, { pooling = false } = {}): fc.Arbitrary<LegalWindows> {
  const axis = fc.record({
    taps: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: pooling ? 1 : 3 }),
    before: fc.nat({ max: 2 }),
    after: fc.nat({ max: 2 }),
    extra: fc.nat({ max: 3 }),
  });
  return fc
    .record({
      drawn: fc.array(axis, { minLength: count, maxLength: count }),
      kind: fc.constantFrom('valid', 'same', 'pairs'),
    })
    .map(({ drawn, kind }) => {
      const axes = drawn.map(({ extra, ...rest }) => {
        const reach = (rest.taps - 1) * rest.dilation + 1;
        if (kind === 'same') {
          const size = 1 + extra;
          const output = Math.ceil(size / rest.stride);
          const total = Math.max((output - 1) * rest.stride + reach - size, 0);
          const before = total >> 1;
          return { ...rest, size, output, before, after: total - before };
        }
        const most = kind === 'valid' ? 0 : pooling ? rest.taps - 1 : 2;
        const [before, after] = [Math.min(rest.before, most), Math.min(rest.after, most)];
        const size = Math.max(1, reach - before - after) + extra;
        const output = Math.floor((size + before + after - reach) / rest.stride) + 1;
        return { ...rest, size, output, before, after };
      });
      return {
        axes,
        options: {
          strides: axes.map(({ stride }) => stride),
          dilations: axes.map(({ dilation }) => dilation),
          padding: kind === 'pairs' ? axes.map(({ before, after }) => [before, after]) : kind,
        },
      };
    });
}

/** All indices of an array of these sizes, in order. */
export function indicesOf(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (known, size) =>
      known.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  );
}

/** What a window sees: its taps that lie on x, each with its place on x. */
export function seenBy(
  axes: readonly LegalAxis[],
  window: readonly number[],
): { readonly tap: number[]; readonly place: number[] }[] {
  return indicesOf(axes.map(({ taps }) => taps))
    .map((tap) => ({
      tap,
      place: axes.map(
        ({ stride, dilation, before }, i) => window[i]! * stride + tap[i]! * dilation - before,
      ),
    }))
    .filter(({ place }) => place.every((at, i) => at >= 0 && at < axes[i]!.size));
}
