import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { isSavedConfig, type SavedConfig } from '../savedConfig';
import { cosineDecay } from './cosineDecay';
import { cosineDecayRestarts } from './cosineDecayRestarts';
import { exponentialDecay } from './exponentialDecay';
import { inverseTimeDecay } from './inverseTimeDecay';
import { oneCycle } from './oneCycle';
import { piecewiseConstantDecay } from './piecewiseConstantDecay';
import { polynomialDecay } from './polynomialDecay';
import type { Schedule } from './schedule';
import { stepDecay } from './stepDecay';
import { warmUp } from './warmUp';

/** Functions that make schedules of their options, by kind. */
export type ScheduleMakers = Readonly<Record<string, (config: never) => Schedule>>;

const ours: ScheduleMakers = {
  exponentialDecay,
  cosineDecay,
  cosineDecayRestarts,
  stepDecay,
  polynomialDecay,
  piecewiseConstantDecay,
  inverseTimeDecay,
  warmUp,
  oneCycle,
};

/**
 * The schedule that was saved as its kind and config.
 * @param schedules those of one's own, by kind.
 * @throws OptionError if the kind is unknown, or its function refuses the options.
 */
export function scheduleFromJson(json: SavedConfig, schedules: ScheduleMakers = {}): Schedule {
  const makers = { ...ours, ...schedules };
  const expected = `a schedule {kind, config} of kind ${Object.keys(makers).join(', ')}`;
  const op = 'scheduleFromJson';
  if (!isSavedConfig(json)) throw new OptionError({ op, expected, received: inWords(json) });
  const { kind, config } = json;
  if (!Object.hasOwn(makers, kind)) {
    const hint = 'Give the function that makes it: { schedules: { kind: make } }.';
    throw new OptionError({ op, expected, received: `'${kind}'`, hint });
  }
  return makers[kind]!(withSchedules(config, schedules) as never);
}

/** The options of a configuration, with schedules in the place of saved ones. */
export function withSchedules(
  config: Readonly<Record<string, unknown>>,
  schedules: ScheduleMakers,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      isSavedConfig(value) ? scheduleFromJson(value, schedules) : value,
    ]),
  );
}
