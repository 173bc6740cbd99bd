import { Failure } from '../../failure';
import type { FastCheck } from '../fastCheck';
import { defineKind, isRecord, type Checked } from './kind';

type Property = Parameters<FastCheck['check']>[0];

/** A property that fast-check's `fc.property` has made. */
export const propertyKind = defineKind<Property>({
  name: 'property',
  form: 'fc.property(generator, (x) => ...)',
  fits: (exported): exported is Property =>
    isRecord(exported) &&
    ['generate', 'run', 'isAsync'].every((name) => typeof exported[name] === 'function'),
  nameOf: () => undefined,
  examine(property, { testing, fastCheck, seed, seconds, runs = 100 }) {
    if (property.isAsync()) {
      throw new Failure('expected a property that is no promise: fc.property, not asyncProperty.');
    }
    const run = (): Checked => {
      const details = fastCheck.check(property, {
        ...{ numRuns: runs, seed },
        interruptAfterTimeLimit: seconds * 1000,
      });
      if (details instanceof Promise) throw new TypeError('expected no promise of a property.');
      if (!details.failed) return { cases: details.numRuns };
      const { counterexample, counterexamplePath, errorInstance } = details;
      if (counterexample === null) {
        throw new Error(
          details.interrupted
            ? `No case ended within ${seconds} s.`
            : 'Too few of the cases that were drawn fulfil what fc.pre demands.',
        );
      }
      const cause = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
      throw new Error(
        `${cause}\nSeed ${seed}, path '${counterexamplePath}'. The smallest case found:\n\n` +
          `  ${(counterexample as readonly unknown[]).map(testing.inCode).join(', ')}`,
      );
    };
    return { found: '', checks: [{ name: 'holds', run }] };
  },
});
