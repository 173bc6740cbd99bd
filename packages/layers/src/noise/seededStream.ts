import { Random } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';

/** @throws OptionError if a seed is given that is none. */
export function checkSeed(op: string, seed: number | undefined): void {
  if (seed !== undefined) checkWhole(op, { seed }, Number.MIN_SAFE_INTEGER);
}

/**
 * What a layer draws from in a step: the stream it is called with, or one that depends on the layer's
 * own seed instead of the model's, and as before on the layer's place and the step.
 */
export function seededStream(random: Random, seed: number | undefined): Random {
  return seed === undefined ? random : new Random(seed, random.path);
}
