import { OptionError } from '@gradus/tensor';
import { checkChoice, checkNumber, checkText } from '@gradus/tensor/options';
import type { Logs } from '../loop/logs';

/** Which number of the logs a callback watches, and when it has become better. */
export interface MonitorOptions {
  /** Its name in the logs. Default 'val_loss'. */
  readonly monitor?: string;
  /**
   * Whether smaller ('min') or larger ('max') is better. Default 'auto': larger for accuracies, areas,
   * precision, recall, F1, overlaps and cosines, by the end of the name; smaller for all else.
   */
  readonly mode?: 'auto' | 'min' | 'max';
}

/** The names of `MonitorOptions`. */
export const monitorOptions: readonly string[] = ['monitor', 'mode'];

const largerIsBetter = /(acc|accuracy|auc|precision|recall|f1score|iou|cosinesimilarity)$/i;

/** Reads a number of the logs, and compares. */
export class Monitor {
  private readonly name: string;
  private readonly sign: 1 | -1;
  private readonly minDelta: number;

  /**
   * @param op the callback's name, for errors.
   * @throws OptionError if an option is out of its range.
   */
  constructor(
    private readonly op: string,
    { monitor = 'val_loss', mode = 'auto' }: MonitorOptions,
    minDelta = 0,
  ) {
    checkText(op, { monitor });
    checkChoice(op, { mode }, ['auto', 'min', 'max']);
    checkNumber(op, { minDelta }, [0, Infinity]);
    this.name = monitor;
    this.minDelta = minDelta;
    const isMax = mode === 'auto' ? largerIsBetter.test(monitor) : mode === 'max';
    this.sign = isMax ? 1 : -1;
  }

  /** What is watched, and which way; a state that was saved for something else means nothing here. */
  get watched(): { readonly monitor: string; readonly mode: 'min' | 'max' } {
    return { monitor: this.name, mode: this.sign === 1 ? 'max' : 'min' };
  }

  /** @throws OptionError if the logs have no such number. */
  read(logs: Logs): number {
    const value = logs[this.name];
    if (value !== undefined) return value;
    throw new OptionError({
      op: this.op,
      expected: `monitor to be one of ${Object.keys(logs).join(', ')}`,
      received: `'${this.name}'`,
      ...(this.name.startsWith('val_') && {
        hint: 'Give fit a validationSplit or validationData.',
      }),
    });
  }

  /** Whether it is better by more than minDelta; than nothing is every number but NaN. */
  isBetter(value: number, than: number | undefined): boolean {
    if (than === undefined) return !Number.isNaN(value);
    return this.sign * (value - than) > this.minDelta;
  }
}
