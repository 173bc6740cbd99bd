import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { checkNumbers, notNegative, positive } from '../checkOptions';

/** The learning rate of each step; steps count from 0. */
export interface Schedule {
  (step: number): number;
  /** The function that made it. A schedule without kind and config works, but cannot be saved. */
  readonly kind?: string;
  /** The options that function was called with, plain numbers, flags, texts, lists or schedules. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A learning rate that stays, or changes by a schedule. */
export type LearningRate = number | Schedule;

/**
 * A schedule that can be saved: a pure function of the step, and what it was made of.
 * @param kind the name of the function that makes it from `config`.
 * @returns the schedule, which throws OptionError for a step that is not a finite number of at least 0.
 */
export function defineSchedule(
  kind: string,
  config: Readonly<Record<string, unknown>>,
  rate: (step: number) => number,
): Schedule & Required<Pick<Schedule, 'kind' | 'config'>> {
  const schedule = (step: number): number => {
    checkNumbers(kind, notNegative, { step });
    return rate(step);
  };
  return Object.assign(schedule, { kind, config: Object.freeze({ ...config }) });
}

/**
 * The schedule that an option means.
 * @throws OptionError if a number is not above 0.
 */
export function resolveSchedule(op: string, learningRate: LearningRate): Schedule {
  if (typeof learningRate === 'function') return learningRate;
  if (Number.isFinite(learningRate) && positive.holds(learningRate)) return () => learningRate;
  throw new OptionError({
    op,
    expected: 'a learningRate above 0, or a schedule',
    received: inWords(learningRate),
  });
}
