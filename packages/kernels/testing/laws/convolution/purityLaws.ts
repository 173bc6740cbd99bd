import { toTypedArray, type Tensor } from '@gradus/tensor';
import { defineLaw, noTolerance, type Law } from '@gradus/tensor/testing';
import type { ConvolutionImplementation } from './implementation';
import { convolutionProblems, drawnConvolutions } from './problems';

/** What all other laws take for granted. */
export const purityLaws: readonly Law<ConvolutionImplementation>[] = [
  defineLaw({
    name: 'convolution/pure',
    statement: 'conv(x, w) depends on x and w alone, to the last bit, and leaves them as they are.',
    source: 'it is a function',
    domain: 'everywhere',
    tolerance: noTolerance,
    cases: (implementation) =>
      drawnConvolutions(implementation, convolutionProblems(implementation.limits)),
    holds(implementation, { x, filter, settings }) {
      const given = { x: copyOf(x), w: copyOf(filter) };
      const first = toTypedArray(implementation.conv2d(x, filter, settings));
      expectUnchanged('x', x, given.x);
      expectUnchanged('w', filter, given.w);
      const second = toTypedArray(implementation.conv2d(x, filter, settings));
      const differs = first.findIndex((value, n) => !Object.is(value, second[n]));
      if (differs < 0) return;
      throw new Error(
        `element ${differs} was ${first[differs]}; a second call with the same arguments gave ` +
          `${second[differs]}.`,
      );
    },
  }),
];

function copyOf({ data }: Tensor): readonly number[] {
  return Array.from(data);
}

function expectUnchanged(name: string, { data }: Tensor, before: readonly number[]): void {
  const changed = before.findIndex((value, n) => !Object.is(value, data[n]));
  if (changed >= 0) throw new Error(`element ${changed} of the storage of ${name} changed.`);
}
