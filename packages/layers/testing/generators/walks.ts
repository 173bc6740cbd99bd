import fc from 'fast-check';

/** How a window walks over samples with some spatial axes, and sizes of these that it fits. */
export interface Walk {
  readonly sizes: readonly number[];
  /** The size of the window. */
  readonly taps: readonly number[];
  readonly options: WalkOptions;
}

/** The options, each one number or one for each axis; a missing one is the layer's default. */
export interface WalkOptions {
  readonly strides?: number | readonly number[];
  readonly dilationRate?: number | readonly number[];
  readonly padding?: 'valid' | 'same' | number | readonly (readonly [number, number])[];
}

/** Which walks to draw. */
export interface WalksOptions {
  readonly axes: 1 | 2 | 3;
  /** The size of the window. Default: drawn. */
  readonly taps?: readonly number[];
  /** Whether taps may lie apart. Default true. */
  readonly dilated?: boolean;
  /** Whether no window may lie in padding alone, as in pooling. Default false. */
  readonly pooling?: boolean;
}

interface Axis {
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly extra: number;
}

type PaddingKind = 'valid' | 'same' | 'number' | 'pairs';

/** The padding, and the fewest places that it leaves room for a window on. */
function padded(kind: PaddingKind, axes: readonly Axis[]) {
  const reaches = axes.map(({ taps, dilation }) => (taps - 1) * dilation + 1);
  const common = Math.min(...axes.map(({ before }) => before));
  const pairs = axes.map(({ before, after }) => [before, after] as const);
  const [padding, ofAxes] = {
    valid: [undefined, axes.map(() => 0)] as const,
    same: ['same' as const, reaches] as const,
    number: [common, axes.map(() => 2 * common)] as const,
    pairs: [pairs, pairs.map(([before, after]) => before + after)] as const,
  }[kind];
  return { padding, least: reaches.map((reach, i) => Math.max(1, reach - ofAxes[i]!)) };
}

/** One number if all are equal and it is wanted so, and nothing for ones. */
function alongAxes(
  values: readonly number[],
  isShort: boolean,
): number | readonly number[] | undefined {
  const equal = values.every((value) => value === values[0]);
  if (!equal || !isShort) return values;
  return values[0] === 1 ? undefined : values[0];
}

/**
 * Walks that are legal by construction: the window and the padding come first, and the samples are
 * made large enough for both. They shrink towards one tap on one place.
 */
export function walks({
  axes,
  taps,
  dilated = true,
  pooling = false,
}: WalksOptions): fc.Arbitrary<Walk> {
  const most = axes === 3 ? 2 : 3;
  const axis = (given: number | undefined): fc.Arbitrary<Axis> =>
    fc.integer({ min: given ?? 1, max: given ?? most }).chain((size) => {
      const padding = fc.nat({ max: pooling ? size - 1 : 2 });
      return fc.record({
        taps: fc.constant(size),
        stride: fc.integer({ min: 1, max: pooling ? 3 : 2 }),
        dilation: fc.integer({ min: 1, max: dilated ? 2 : 1 }),
        before: padding,
        after: padding,
        extra: fc.nat({ max: axes === 3 ? 1 : 2 }),
      });
    });
  const all = Array.from({ length: axes }, (_, i) => axis(taps?.[i]));
  return fc
    .record({
      along: fc.tuple(...all),
      kind: fc.constantFrom<PaddingKind[]>('valid', 'same', 'number', 'pairs'),
      isShort: fc.boolean(),
    })
    .map(({ along, kind, isShort }) => {
      const { padding, least } = padded(kind, along);
      const strides = alongAxes(
        along.map(({ stride }) => stride),
        isShort && !pooling,
      );
      const dilationRate = alongAxes(
        along.map(({ dilation }) => dilation),
        isShort,
      );
      return {
        sizes: along.map(({ extra }, i) => least[i]! + extra),
        taps: along.map(({ taps: size }) => size),
        options: {
          ...(strides !== undefined && { strides }),
          ...(dilated && dilationRate !== undefined && { dilationRate }),
          ...(padding !== undefined && { padding }),
        },
      };
    });
}
