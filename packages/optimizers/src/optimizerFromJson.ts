import { OptionError } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import type { Optimizer } from './optimizer';
import { optimizersByKind } from './resolveOptimizer';
import { isSavedConfig, type SavedConfig } from './savedConfig';
import { withSchedules, type ScheduleMakers } from './schedules/scheduleFromJson';

/** What one has written oneself, and `optimizerFromJson` cannot know. */
export interface OptimizerFromJsonOptions {
  /** Functions that make schedules of their options, by kind. */
  readonly schedules?: ScheduleMakers;
  /** Functions that make optimizers of their options, by kind. */
  readonly optimizers?: Readonly<Record<string, (config: never) => Optimizer>>;
}

/**
 * The optimizer whose `config` was saved, before its first step; `setState` takes it further.
 * @throws OptionError if the kind is unknown, or its function refuses the options.
 */
export function optimizerFromJson(
  json: SavedConfig,
  { schedules = {}, optimizers = {} }: OptimizerFromJsonOptions = {},
): Optimizer {
  const makers: Readonly<Record<string, (config: never) => Optimizer>> = {
    ...optimizersByKind,
    ...optimizers,
  };
  const op = 'optimizerFromJson';
  const expected = `an optimizer {kind, config} of kind ${Object.keys(makers).join(', ')}`;
  if (!isSavedConfig(json)) throw new OptionError({ op, expected, received: inWords(json) });
  const { kind, config } = json;
  if (Object.hasOwn(makers, kind)) return makers[kind]!(withSchedules(config, schedules) as never);
  throw new OptionError({ op, expected, received: `'${kind}'` });
}
