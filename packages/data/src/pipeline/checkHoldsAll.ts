import { OptionError } from '@gradus/tensor';

/** @throws OptionError unless a buffer can hold all elements, as far as is known. */
export function checkHoldsAll(size: number | undefined, bufferSize: number | undefined): void {
  if (size !== Infinity && (size ?? bufferSize) !== undefined) return;
  throw new OptionError({
    op: 'shuffle',
    expected: 'bufferSize to be a whole number of at least 1',
    received: bufferSize === undefined ? 'none' : `${bufferSize}`,
    hint:
      size === undefined
        ? 'How many elements there are is not known; Infinity would hold all of them in memory.'
        : 'The dataset never ends. Shuffle before you repeat it.',
  });
}
