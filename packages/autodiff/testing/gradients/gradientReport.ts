import type { ComparedElement } from './gradientError';
import { UndecidedGradientError } from './gradientError';

/** What was compared. */
export interface GradientReport {
  /** How many slopes agree. */
  readonly checked: number;
  /** Why each element or direction that was left out was: `x[3] is 2e-7 from a kink`. */
  readonly skipped: readonly string[];
  /** Where the difference is largest; undefined if nothing was compared. */
  readonly worst: ComparedElement | undefined;
}

/** Several reports as one. */
export function mergedReports(reports: readonly GradientReport[]): GradientReport {
  const worsts = reports.flatMap(({ worst }) => worst ?? []);
  return {
    checked: reports.reduce((total, { checked }) => total + checked, 0),
    skipped: reports.flatMap(({ skipped }) => skipped),
    worst: worsts.reduce<ComparedElement | undefined>(
      (most, one) => (most !== undefined && most.relativeError >= one.relativeError ? most : one),
      undefined,
    ),
  };
}

/**
 * Checks that enough was compared: something, and no more left out than `kinks`.
 * @param kinks default: one in ten, or one.
 * @throws UndecidedGradientError if not.
 */
export function requireDecided(
  label: string,
  { checked, skipped }: GradientReport,
  kinks = Math.max(1, Math.floor((checked + skipped.length) / 10)),
): void {
  if (checked > 0 && skipped.length <= kinks) return;
  throw new UndecidedGradientError(label, { checked, skipped, allowed: kinks });
}
