import { OptionError } from '@gradus/tensor';

/** The learning rate of each step; steps count from 0. */
export type Schedule = (step: number) => number;

/** A learning rate that stays, or changes by a schedule. */
export type LearningRate = number | Schedule;

/**
 * The schedule that an option means.
 * @throws OptionError if a number is not above 0.
 */
export function resolveSchedule(op: string, learningRate: LearningRate): Schedule {
  if (typeof learningRate === 'function') return learningRate;
  if (learningRate > 0 && learningRate < Infinity) return () => learningRate;
  throw new OptionError({
    op,
    expected: 'a learningRate above 0, or a schedule',
    received: String(learningRate),
  });
}

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  /** The learning rate of step 0; above 0. */
  readonly initialLearningRate: number;
  /** The step from which on the rate stays at its smallest; above 0. */
  readonly decaySteps: number;
  /** The smallest rate as a part of the initial one, 0 to 1. Default 0. */
  readonly alpha?: number;
}

/**
 * Falls from the initial rate along half a cosine. I. Loshchilov, F. Hutter, "SGDR", ICLR 2017,
 * arXiv:1608.03983, equation 5, without restarts; Keras's CosineDecay.
 * @throws OptionError if an option is out of range.
 */
export function cosineDecay({
  initialLearningRate,
  decaySteps,
  alpha = 0,
}: CosineDecayOptions): Schedule {
  checkOption('initialLearningRate above 0', initialLearningRate, initialLearningRate > 0);
  checkOption('decaySteps above 0', decaySteps, decaySteps > 0);
  checkOption('alpha from 0 to 1', alpha, alpha >= 0 && alpha <= 1);
  return (step) => {
    const progress = Math.min(step / decaySteps, 1);
    const cosine = (1 + Math.cos(Math.PI * progress)) / 2;
    return initialLearningRate * (alpha + (1 - alpha) * cosine);
  };
}

function checkOption(expected: string, value: number, inRange: boolean): void {
  if (inRange && Number.isFinite(value)) return;
  throw new OptionError({ op: 'cosineDecay', expected, received: String(value) });
}
