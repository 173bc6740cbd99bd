import type { Random } from '@gradus/tensor';
import { wrongOption } from '@gradus/tensor/options';

/** The numbers from which one is drawn for each picture: `[lowest, highest]`, or v for [-v, v]. */
export type Factor = number | readonly [lowest: number, highest: number];

/** Numbers of which each is equally likely. */
export interface FactorRange {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The range that an option means.
 * @throws OptionError unless it is a number of at least 0, or two in ascending order, from -limit to limit.
 */
export function factorRange(
  op: string,
  option: Readonly<Record<string, Factor>>,
  limit = Infinity,
): FactorRange {
  const where = limit < Infinity ? `, from ${-limit} to ${limit}` : '';
  return rangeWithin(op, option, {
    where,
    isWithin: ({ lowest, highest }) => lowest >= -limit && highest <= limit,
  });
}

/**
 * The range that an option means in which -1 is nothing at all.
 * @throws OptionError unless it is a number of at least 0, or two in ascending order, above -1.
 */
export function zoomRange(op: string, option: Readonly<Record<string, Factor>>): FactorRange {
  return rangeWithin(op, option, { where: ', above -1', isWithin: ({ lowest }) => lowest > -1 });
}

interface Bounds {
  readonly where: string;
  readonly isWithin: (range: FactorRange) => boolean;
}

function rangeWithin(
  op: string,
  option: Readonly<Record<string, Factor>>,
  { where, isWithin }: Bounds,
): FactorRange {
  const [[name, factor]] = Object.entries(option) as [[string, unknown]];
  const pair: readonly unknown[] = Array.isArray(factor) ? factor : [-Number(factor), factor];
  if (pair.length === 2 && pair.every(Number.isFinite)) {
    const [lowest, highest] = pair as [number, number];
    if (lowest <= highest && isWithin({ lowest, highest })) return { lowest, highest };
  }
  throw wrongOption(op, `${name} to be v, for -v to v, or [lowest, highest]${where}`, factor);
}

/**
 * The factors of contrast that an option means: from 1 - lower to 1 + upper.
 * @throws OptionError unless it is `[lower, upper]` or one number for both, at least 0, lower at most 1.
 */
export function contrastRange(
  op: string,
  { factor }: { readonly factor: number | readonly [lower: number, upper: number] },
): FactorRange {
  const isPair = Array.isArray(factor) && factor.length === 2;
  const [lower, upper] = isPair ? (factor as readonly [number, number]) : [factor, factor];
  if (isPart(lower) && lower <= 1 && isPart(upper))
    return { lowest: 1 - lower, highest: 1 + upper };
  throw wrongOption(
    op,
    'factor to be v or [lower, upper], numbers of at least 0, lower at most 1',
    factor,
  );
}

function isPart(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

/** A number of the range. */
export function drawFactor({ lowest, highest }: FactorRange, random: Random): number {
  return random.uniform(lowest, highest);
}
