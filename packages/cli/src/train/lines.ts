import type { viz } from 'gradus';
import { brief } from '../brief';
import type { EpochRecord } from './epochRecord';
import type { TrainingState } from './history';
import type { StepReport } from './training';

/** What stands beside the bar. */
export function stepLine({ loss, accuracy, imagesPerSecond }: StepReport): string {
  return `loss ${brief(loss)}  accuracy ${accuracy.toFixed(4)}  ${imagesPerSecond.toFixed(0)} images/s`;
}

/** The numbers of an epoch. */
export function epochLine(record: EpochRecord, epochs: number): string {
  const { epoch, loss, accuracy, validationLoss, validationAccuracy, seconds } = record;
  const validated =
    validationLoss === undefined
      ? ''
      : `  val_loss ${brief(validationLoss)}  val_accuracy ${validationAccuracy!.toFixed(4)}`;
  return (
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}` +
    `  loss ${brief(loss)}  accuracy ${accuracy.toFixed(4)}${validated}  ${seconds.toFixed(1)} s`
  );
}

/** How well it went: a row for each part of the images. */
export function summaryRows({ records, counts, test, seconds }: TrainingState): viz.TableRows {
  const last = records.at(-1);
  const row = (name: string, images: number, loss = NaN, accuracy = NaN): (string | number)[] => [
    name,
    images,
    brief(loss),
    Number.isNaN(accuracy) ? '-' : accuracy.toFixed(4),
    '',
  ];
  const rows = [row('training', counts.train, last?.loss, last?.accuracy)];
  if (counts.validation > 0) {
    rows.push(row('validation', counts.validation, last?.validationLoss, last?.validationAccuracy));
  }
  if (counts.test > 0) rows.push(row('test', counts.test, test?.loss, test?.accuracy));
  rows.at(-1)![4] = seconds.toFixed(1);
  return [['', 'images', 'loss', 'accuracy', 'seconds'], ...rows];
}
