import type * as testing from 'gradus/testing';
import { isRecord, defineKind } from './kind';

type CheckGradients = typeof testing.checkGradients;
type Options = NonNullable<Parameters<CheckGradients>[2]>;

/** What `checkGradients` is told. */
interface GradientToCheck extends Options {
  readonly f: Parameters<CheckGradients>[0];
  readonly at: Parameters<CheckGradients>[1];
}

/** A scalar function with a point, or a generator of points. */
export const gradientKind = defineKind<GradientToCheck>({
  name: 'gradient',
  form: '{ f, at: tensor }',
  fits: (exported): exported is GradientToCheck =>
    isRecord(exported) && typeof exported['f'] === 'function' && exported['at'] !== undefined,
  nameOf: ({ f }) => f.name || undefined,
  examine: ({ f, at, ...given }, { testing, engines, seed, runs }) => ({
    found: '',
    checks: engines.map((engine) => ({
      name: `on ${engine.name}`,
      run() {
        const drawn = runs === undefined ? {} : { runs };
        const report = testing.checkGradients(f, at, { seed, ...drawn, ...given, engine });
        const { checked: cases, skipped } = report;
        return skipped.length === 0 ? { cases } : { cases, note: leftOut(skipped) };
      },
    })),
  }),
});

/** Kinks, the first of them in words. */
function leftOut(skipped: readonly string[]): string {
  const more = skipped.length > 1 ? ` and ${skipped.length - 1} more` : '';
  return `left out: ${skipped[0]}${more}`;
}
