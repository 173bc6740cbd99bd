import type { Backend } from '@gradus/kernels';
import { engines as allEngines } from '@gradus/kernels/testing';
import { OptionError } from '@gradus/tensor';
import fc from 'fast-check';
import type { AnyOp, OpCase } from '../src/index';
import { checkSample } from './checkSample';
import { opInputs } from './opInputs';

/** How thoroughly an operation is checked. */
export interface OperationCheck {
  /** Default: every engine. */
  readonly engines?: readonly Backend[];
  /** Draws for each sample, at least 1. Default 5. */
  readonly runs?: number;
  /** Of the draws. Default 0: they are the same each time. */
  readonly seed?: number;
}

/**
 * Checks an operation at all of its samples: in float64 its gradient, and the gradient's gradient, on
 * `reference` against central differences at 1e-6, and on every engine its value and gradients against
 * those of `reference`; in float32 value and gradient against float64 at 1e-5; see `checkSample`. What it
 * cannot know is which function is meant: give your tests an example or two with numbers.
 * @throws Error that names the engine, the sample, and what differed.
 * @throws OptionError if the operation has no samples.
 */
export function checkOperation(
  { definition: { name }, cases }: AnyOp,
  { engines = allEngines, runs = 5, seed = 0 }: OperationCheck = {},
): void {
  if (cases.length === 0) {
    throw new OptionError({ op: name, expected: 'samples to check it at', received: 'none' });
  }
  cases.forEach((op, i) => {
    const property = fc.property(opInputs(op), (inputs) => checkSample(op, engines, inputs));
    const details = fc.check(property, { numRuns: runs, seed });
    if (!details.failed) return;
    const cause = details.errorInstance as Error;
    throw new Error(
      `${name}: ${sampleName(op, i)} ${cause.message} ` +
        `Seed ${seed}; inputs ${fc.stringify(details.counterexample?.[0])}.`,
      { cause },
    );
  });
}

/** A sample as messages and titles name it: its place in the list, and its shape words. */
export function sampleName({ inputs }: OpCase, i: number): string {
  const words = inputs.map(({ name, shape }) => `${name} ${shape || 'scalar'}`);
  return `sample ${i} (${words.join(', ')})`;
}
