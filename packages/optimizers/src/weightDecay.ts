import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { checkNumbers, notNegative } from './checkOptions';

/** How weights shrink at each step, whatever their gradients. */
export interface WeightDecayOptions {
  /** Each step begins with w <- w - lr weightDecay w; of at least 0. Default 0; of adamW 0.004. */
  readonly weightDecay?: number;
  /**
   * Which weights do not: those whose name contains one of these, such as `['bias', 'gamma']`, or
   * for whose name the function says so. A function cannot be saved. Default none.
   */
  readonly excludeFromWeightDecay?: readonly string[] | ((name: string) => boolean);
}

/** The names of the options. */
export const weightDecayNames = ['weightDecay', 'excludeFromWeightDecay'] as const;

/** The decay of the weight of a name. */
export type WeightDecay = (name: string) => number;

/**
 * The weight decay that options mean.
 * @throws OptionError if one is out of range.
 */
export function resolveWeightDecay(
  op: string,
  { weightDecay = 0, excludeFromWeightDecay = [] }: WeightDecayOptions,
): WeightDecay {
  checkNumbers(op, notNegative, { weightDecay });
  if (typeof excludeFromWeightDecay === 'function') {
    return (name) => (excludeFromWeightDecay(name) ? 0 : weightDecay);
  }
  if (!isListOfNames(excludeFromWeightDecay)) {
    throw new OptionError({
      op,
      expected: 'excludeFromWeightDecay to be a list of names or a function',
      received: inWords(excludeFromWeightDecay),
    });
  }
  const parts = [...excludeFromWeightDecay];
  return (name) => (parts.some((part) => name.includes(part)) ? 0 : weightDecay);
}

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((part) => typeof part === 'string' && part !== '');
}
