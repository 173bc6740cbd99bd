import { version } from '../../package.json';
import type { Assessment } from '../classification/assess';
import { classScores } from '../classification/classScores';
import { Failure } from '../failure';
import type { EpochRecord } from './epochRecord';
import { commandName } from './resultKind';
import type { Settings } from './settings';

/** How many images there were, and what they look like. */
export interface DataCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Of one image, [height, width, channels]. */
  readonly shape: readonly number[];
  readonly classNames: readonly string[];
}

/** A training as far as it has come. */
export interface TrainingState {
  readonly settings: Settings;
  readonly counts: DataCounts;
  readonly parameters: number;
  readonly records: readonly EpochRecord[];
  /** From the first image to now, those before a stop among them. */
  readonly seconds: number;
  readonly interrupted: boolean;
  /** On the images to test with, once it is done. */
  readonly test: Assessment | undefined;
}

/** What history.json says of a training. */
export function historyText(state: TrainingState): string {
  const { settings, counts, parameters, records, seconds, interrupted, test } = state;
  const column = (name: keyof EpochRecord): unknown[] =>
    records.map((record) => record[name] ?? null);
  const history = {
    command: commandName,
    versions: { gradus: version, node: process.versions.node },
    seed: settings.seed,
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, value ?? null]),
    ),
    data: counts,
    parameters,
    complete: test !== undefined || (!interrupted && counts.test === 0),
    interrupted,
    seconds,
    test_accuracy: test?.accuracy ?? null,
    test_loss: test?.loss ?? null,
    epoch: column('epoch'),
    images: column('images'),
    epoch_seconds: column('seconds'),
    loss: column('loss'),
    accuracy: column('accuracy'),
    val_loss: column('validationLoss'),
    val_accuracy: column('validationAccuracy'),
    classes: test === undefined ? null : classScores(test, counts.classNames),
    confusion: test?.confusion.toArray() ?? null,
  };
  return `${JSON.stringify(history, undefined, 2)}\n`;
}

/** What one needs of a history to go on. */
export type EarlierTraining = Pick<TrainingState, 'settings' | 'counts' | 'records' | 'seconds'>;

/**
 * The training that history.json tells of.
 * @throws Failure if it tells of none.
 */
export function readHistory(text: string, file: string): EarlierTraining {
  try {
    const history = JSON.parse(text) as WrittenHistory;
    if (history.command !== commandName) throw new TypeError('it is of another command');
    if (!Array.isArray(history.data.classNames)) throw new TypeError('it names no classes');
    const at = (name: ColumnName, i: number): number | undefined => history[name][i] ?? undefined;
    const records = history.epoch.map((epoch, i) => ({
      epoch,
      images: at('images', i)!,
      loss: at('loss', i)!,
      accuracy: at('accuracy', i)!,
      validationLoss: at('val_loss', i),
      validationAccuracy: at('val_accuracy', i),
      seconds: at('epoch_seconds', i)!,
    }));
    const settings = Object.entries(history.settings).map(([name, value]) => [
      name,
      value ?? undefined,
    ]);
    return {
      settings: Object.fromEntries(settings) as Settings,
      counts: history.data,
      records,
      seconds: history.seconds,
    };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    throw new Failure(`${file}: this is not the history of a training: ${error.message}.`);
  }
}

/** The columns that are read again. */
type ColumnName = 'images' | 'loss' | 'accuracy' | 'val_loss' | 'val_accuracy' | 'epoch_seconds';

/** A history as it stands in its file, if it is one. */
type WrittenHistory = Readonly<Record<ColumnName, readonly (number | null)[]>> & {
  readonly command: string;
  readonly data: DataCounts;
  readonly epoch: readonly number[];
  readonly seconds: number;
  readonly settings: Readonly<Record<keyof Settings, Settings[keyof Settings] | null>>;
};
