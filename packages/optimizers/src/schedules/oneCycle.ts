import { OptionError } from '@gradus/tensor';
import { optionsOf, refuseOthers } from '@gradus/tensor/options';
import { checkNumbers, notNegative, positive } from '../checkOptions';
import { defineSchedule, type Schedule } from './schedule';

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  /** The rate at the top of the cycle; above 0. */
  readonly maxLearningRate: number;
  /** How many steps the whole training has; above 0. */
  readonly totalSteps: number;
  /** How many of them the cycle takes, half of them up and half down. Default 9/10 of all. */
  readonly cycleSteps?: number;
  /** The rate of step 0 and of the end of the cycle. Default a tenth of the largest. */
  readonly initialLearningRate?: number;
  /** The rate at the end, where it stays. Default a hundredth of the initial one. */
  readonly finalLearningRate?: number;
}

/**
 * Rises along a straight line and falls back, then falls far below where it began: L. N. Smith,
 * "A disciplined approach to neural network hyper-parameters: Part 1", 2018, arXiv:1803.09820,
 * section 4.1, "1cycle"; there the least rate of the cycle is a tenth or less of the largest, and
 * the rest of the training lowers it by several orders of magnitude.
 * @throws OptionError if an option is out of range.
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const op = 'oneCycle';
  const { maxLearningRate, totalSteps, ...rest } = optionsOf(op, options);
  checkNumbers(op, positive, { maxLearningRate, totalSteps });
  const { cycleSteps = 0.9 * totalSteps, ...rates } = rest;
  const { initialLearningRate = maxLearningRate / 10, ...last } = rates;
  const { finalLearningRate = initialLearningRate / 100, ...others } = last;
  const config = {
    ...{ maxLearningRate, totalSteps, cycleSteps },
    ...{ initialLearningRate, finalLearningRate },
  };
  refuseOthers(op, Object.keys(config), others);
  checkNumbers(op, positive, { cycleSteps });
  checkNumbers(op, notNegative, { initialLearningRate, finalLearningRate });
  if (cycleSteps > totalSteps) {
    const expected = `cycleSteps of at most totalSteps, ${totalSteps}`;
    throw new OptionError({ op, expected, received: String(cycleSteps) });
  }
  const top = cycleSteps / 2;
  const corners: readonly Corner[] = [
    [0, initialLearningRate],
    [top, maxLearningRate],
    [cycleSteps, initialLearningRate],
    [totalSteps, finalLearningRate],
  ];
  return defineSchedule(op, config, (step) => {
    const next = corners.findIndex(([at]) => step < at);
    return next < 0 ? finalLearningRate : between(corners[next - 1]!, corners[next]!, step);
  });
}

/** A step and its rate. */
type Corner = readonly [step: number, rate: number];

function between([from, low]: Corner, [to, high]: Corner, step: number): number {
  return low + ((high - low) * (step - from)) / (to - from);
}
