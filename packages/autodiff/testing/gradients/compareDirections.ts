import { Random } from '@gradus/tensor';
import { estimates, settledSlope, type Line } from './differences';
import type { ElementJudge } from './elementJudge';
import { GradientError, type ComparedElement } from './gradientError';
import { mergedReports, type GradientReport } from './gradientReport';
import { wordFor } from './kinks';
import type { Direction } from './neighbourhood';

/** Elements of an input that are looked at one by one when it is found to be wrong. */
const elementsTried = 64;

/**
 * Compares slopes along random directions, in which every element moves by the same step up or down. A
 * gradient that is wrong anywhere is wrong along almost all of them. Then each input is tried alone, and
 * the elements of those that are wrong.
 * @throws GradientError where a gradient is wrong.
 */
export function compareDirections(
  judge: ElementJudge,
  { count, seed }: { readonly count: number; readonly seed: number },
): GradientReport {
  const reports = Array.from({ length: count }, (_, k) => {
    const random = new Random(seed).split('direction').split(k);
    const direction = judge.charge.received.map(({ length }) => signs(length, random));
    return judgeDirection(judge, direction, { name: `direction ${k}`, random });
  });
  return mergedReports(reports);
}

interface Trial {
  readonly name: string;
  readonly random: Random;
}

function judgeDirection(judge: ElementJudge, direction: Direction, trial: Trial): GradientReport {
  const all = slopeAlong(judge, direction, trial.name);
  if (all.word !== undefined) return { checked: 0, skipped: [all.word], worst: undefined };
  if (all.agrees) return { checked: 1, skipped: [], worst: all.compared };
  const { names, labels } = judge.charge;
  const alone = names.map((input, i) => {
    const part = direction.map((along, other) => (other === i ? along : undefined));
    return { i, ...slopeAlong(judge, part, `${trial.name} of ${input}`) };
  });
  const wrong = alone.filter(({ agrees, word }) => !agrees && word === undefined);
  for (const { i } of wrong) judge.judgeSome(i, someElements(judge, i, trial.random));
  const worst = wrong[0];
  throw new GradientError({
    label: worst === undefined ? 'gradient' : labels[worst.i]!,
    worst: { ...(worst ?? all).compared, input: names[worst?.i ?? 0]! },
    likelyCause: worst === undefined ? undefined : factorOf(worst.compared),
  });
}

interface SlopeAlong {
  readonly compared: ComparedElement;
  readonly agrees: boolean;
  /** Why there is no slope, if there is none. */
  readonly word?: string;
}

function slopeAlong({ point, charge }: ElementJudge, along: Direction, name: string): SlopeAlong {
  const [received, length] = productWith(along, charge.received);
  const size = along.reduce((total, part) => total + (part?.length ?? 0), 0);
  // Together so many small steps are as long as one of one element.
  const unit = 2 ** -Math.round(Math.log2(Math.sqrt(size)));
  const steps = charge.steps.map((step) => step * unit);
  const line = point.directionLine(along);
  const scale = Math.max(charge.leastScale, length, Math.abs(firstSlope(line, steps)));
  const settled = settledSlope(line, steps, { tolerance: charge.tolerance / 4, scale });
  const expected = settled.slope;
  const difference = Math.abs(received - expected);
  const relativeError = difference === 0 ? 0 : difference / Math.max(scale, Math.abs(expected));
  const compared = { input: name, index: undefined, expected, received, relativeError };
  if (settled.kind !== 'smooth') {
    return { compared, agrees: false, word: wordFor(name, line, settled) };
  }
  const allowed = charge.tolerance * Math.max(scale, Math.abs(expected)) + settled.error;
  return { compared, agrees: difference <= allowed };
}

/** The product with the gradient, and the length of the gradient, which it has on the average. */
function productWith(along: Direction, gradients: readonly Float64Array[]): [number, number] {
  let [product, squares] = [0, 0];
  along.forEach((part, i) =>
    part?.forEach((step, n) => {
      const slope = gradients[i]![n]!;
      product += step * slope;
      squares += slope ** 2;
    }),
  );
  return [product, Math.sqrt(squares)];
}

function firstSlope(line: Line, steps: readonly number[]): number {
  for (const { slope } of estimates(line, steps.slice(0, 2))) {
    if (Number.isFinite(slope)) return slope;
  }
  return 0;
}

/** The first of them, the largest slopes, and some at random. */
function someElements({ charge }: ElementJudge, i: number, random: Random): number[] {
  const slopes = charge.received[i]!;
  const all = [...slopes.keys()];
  if (all.length <= elementsTried) return all;
  const byRandom = Array.from({ length: elementsTried / 2 }, () => random.integer(all.length));
  const bySize = all.sort((a, b) => Math.abs(slopes[b]!) - Math.abs(slopes[a]!));
  return [...new Set([...bySize.slice(0, elementsTried / 2), ...byRandom])];
}

/** All that a direction can tell. */
function factorOf({ expected, received }: ComparedElement): string | undefined {
  if (received === 0) return 'the gradient is 0: nothing passes it on';
  return Math.abs(received + expected) <= 1e-3 * Math.abs(expected)
    ? 'its sign is wrong'
    : undefined;
}

function signs(length: number, random: Random): Float64Array {
  return new Float64Array(length).map(() => (random.bits() >>> 31 === 0 ? 1 : -1));
}
