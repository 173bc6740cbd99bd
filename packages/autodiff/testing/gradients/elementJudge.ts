import { sizeOf } from '@gradus/tensor';
import { indexOfNth } from '@gradus/tensor/testing';
import { estimates, settledSlope, type Line } from './differences';
import { GradientError, type ComparedElement } from './gradientError';
import { mergedReports, type GradientReport } from './gradientReport';
import { wordFor } from './kinks';
import { likelyCause } from './likelyCause';
import { unitAt, type Neighbourhood } from './neighbourhood';

/** What is judged, and how strictly. */
export interface Charge {
  /** The gradients, row by row. */
  readonly received: readonly Float64Array[];
  readonly names: readonly string[];
  readonly labels: readonly string[];
  readonly tolerance: number;
  /** See `Comparison`. */
  readonly leastScale: number;
  readonly steps: readonly number[];
}

/** Slopes of one input as they look at first, and how far to trust them. */
interface FirstLook {
  readonly slopes: Float64Array;
  readonly gaps: Float64Array;
  readonly noises: Float64Array;
  /** The largest slope. */
  readonly scale: number;
}

/** Elements looked at a second time before a gradient is called wrong. */
const secondLooks = 50;

/** Compares gradients with differences element by element. */
export class ElementJudge {
  constructor(
    readonly point: Neighbourhood,
    readonly charge: Charge,
  ) {}

  /** @throws GradientError where a gradient is wrong. */
  judgeAll(): GradientReport {
    const { shapes } = this.point;
    const looks = shapes.map((shape, i) => this.firstLook(i, [...Array(sizeOf(shape)).keys()]));
    const reports = looks.map((look, i) => this.judge(i, look, looks));
    return mergedReports(reports);
  }

  /**
   * Some elements of one input.
   * @throws GradientError where its gradient is wrong.
   */
  judgeSome(i: number, elements: readonly number[]): GradientReport {
    const look = this.firstLook(i, elements);
    return this.judge(i, look, []);
  }

  private firstLook(i: number, elements: readonly number[]): FirstLook {
    const size = this.charge.received[i]!.length;
    const look = {
      slopes: new Float64Array(size).fill(NaN),
      gaps: new Float64Array(size),
      noises: new Float64Array(size),
    };
    let scale = this.charge.leastScale;
    for (const n of elements) {
      const { line, steps } = this.lineOf(i, n, 2);
      for (const { slope, gap, noise } of estimates(line, steps)) {
        look.slopes[n] = Number.isNaN(slope) ? Infinity : slope;
        look.gaps[n] = gap;
        look.noises[n] = noise;
        const straight = Math.abs(gap) <= Math.abs(slope) / 2;
        if (straight && Math.abs(slope) < Infinity) scale = Math.max(scale, Math.abs(slope));
      }
    }
    return { ...look, scale };
  }

  /** @param looks those of all inputs, if they were looked at. */
  private judge(i: number, look: FirstLook, looks: readonly FirstLook[]): GradientReport {
    const { received, tolerance } = this.charge;
    const { slopes, gaps, noises, scale } = look;
    const skipped: string[] = [];
    const wrong: number[] = [];
    const error = (n: number): number => differenceOf(received[i]![n]!, slopes[n]!);
    const known = [...slopes.keys()].filter((n) => !Number.isNaN(slopes[n]));
    const doubtful = known.filter((n) => {
      const agrees = error(n) <= tolerance * scale + noises[n]!;
      return !(agrees && Math.abs(gaps[n]!) <= 2 * tolerance * scale + noises[n]!);
    });
    doubtful.sort((a, b) => error(b) - error(a));
    for (const n of doubtful) {
      if (wrong.length > 0 && skipped.length + wrong.length >= secondLooks) {
        // Enough is known; what may be near a kink is no evidence.
        if (Math.abs(gaps[n]!) > 2 * tolerance * scale + noises[n]!) slopes[n] = NaN;
        continue;
      }
      const { line, steps } = this.lineOf(i, n);
      const settled = settledSlope(line, steps, { tolerance: tolerance / 4, scale });
      const { slope } = settled;
      if (settled.kind === 'smooth') {
        slopes[n] = slope;
        if (error(n) > tolerance * Math.max(scale, Math.abs(slope)) + settled.error) wrong.push(n);
      } else {
        slopes[n] = NaN;
        skipped.push(wordFor(this.nameOf(i, n), line, settled));
      }
    }
    const compared = known.filter((n) => !Number.isNaN(slopes[n]));
    if (wrong.length > 0) throw this.errorAt(i, worstOf(wrong, error), look, looks);
    if (compared.length === 0) return { checked: 0, skipped, worst: undefined };
    const most = worstOf(compared, error);
    const worst = this.compared(i, most, look, noises[most]);
    return { checked: compared.length, skipped, worst };
  }

  private errorAt(
    i: number,
    n: number,
    look: FirstLook,
    looks: readonly FirstLook[],
  ): GradientError {
    const { received, names, labels } = this.charge;
    const { shapes } = this.point;
    const all = names.map((name, other) => ({
      name,
      shape: shapes[other]!,
      expected: looks[other]?.slopes ?? [],
    }));
    const evidence = {
      ...all[i]!,
      received: received[i]!,
      expected: look.slopes,
      others: all.filter((_, other) => other !== i),
    };
    return new GradientError({
      label: labels[i]!,
      worst: this.compared(i, n, look),
      likelyCause: likelyCause(evidence, this.charge.tolerance),
    });
  }

  private compared(
    i: number,
    n: number,
    { slopes, scale }: FirstLook,
    rounding = 0,
  ): ComparedElement {
    const [expected, received] = [slopes[n]!, this.charge.received[i]![n]!];
    const difference = Math.max(0, differenceOf(received, expected) - rounding);
    const largest = Math.max(scale, Math.abs(expected));
    return {
      input: this.charge.names[i]!,
      index: indexOfNth(this.point.shapes[i]!, n),
      expected,
      received,
      relativeError: difference === 0 ? 0 : difference / largest,
    };
  }

  /** The line along an element, and the steps, which grow with it. */
  private lineOf(i: number, n: number, count?: number): { line: Line; steps: readonly number[] } {
    const unit = unitAt(this.point.values[i]![n]!);
    const steps = this.charge.steps.slice(0, count);
    return {
      line: this.point.elementLine(i, n),
      steps: unit === 1 ? steps : steps.map((step) => step * unit),
    };
  }

  private nameOf(i: number, n: number): string {
    const index = indexOfNth(this.point.shapes[i]!, n);
    const name = this.charge.names[i]!;
    return index.length === 0 ? name : `${name}[${index.join(', ')}]`;
  }
}

function differenceOf(a: number, b: number): number {
  const difference = Math.abs(a - b);
  return Number.isNaN(difference) ? Infinity : difference;
}

function worstOf(elements: readonly number[], error: (n: number) => number): number {
  return elements.reduce((worst, n) => (error(n) > error(worst) ? n : worst));
}
