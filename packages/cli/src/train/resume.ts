import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, isSystemError } from '../failure';
import { readHistory, type EarlierTraining } from './history';
import { historyName } from './resultKind';
import { withoutMissing, type GivenSettings, type Settings } from './settings';

/** What may be other than it was: it does not change what comes of the training. */
const free: readonly (keyof Settings)[] = ['from', 'threads', 'epochs'];

/**
 * The training in a folder, to go on with.
 * @throws Failure if there is none.
 */
export async function earlierTraining(out: string): Promise<EarlierTraining> {
  const file = join(out, historyName);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
    throw new Failure(`--resume: there is no training in ${out} to go on with.`);
  });
  return readHistory(text, file);
}

/**
 * The settings of a training, with what may be changed as given.
 * @throws Failure if something else is given than it was begun with.
 */
export function resumedSettings(earlier: Settings, given: GivenSettings): Settings {
  const present = withoutMissing(given);
  for (const name of Object.keys(present) as (keyof Settings)[]) {
    if (free.includes(name) || earlier[name] === present[name]) continue;
    throw new Failure(
      `--resume goes on with what the training began with: --${optionOf(name)} is ` +
        `${earlier[name] ?? 'not given'} there. Leave it out, or train anew.`,
    );
  }
  const settings = { ...earlier, ...present };
  if (settings.epochs === earlier.epochs || settings.schedule === 'constant') return settings;
  throw new Failure(
    `--resume: the learning rate of this training falls over ${earlier.epochs} epochs ` +
      `(${settings.schedule}), so that --epochs ${settings.epochs} is another training. Train ` +
      'anew, or leave it out.',
  );
}

/** A setting as it is written on the command line: batchSize is batch-size. */
function optionOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
