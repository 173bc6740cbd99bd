import { viz } from 'gradus';
import type { Ending } from './display';
import { brief } from './outcome';
import type { EpochRecord } from './training';

/** The numbers of an epoch. */
export function epochLine(record: EpochRecord, epochs: number): string {
  const { epoch, loss, validationLoss, kernelError, similarity } = record;
  return (
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}` +
    `  loss ${brief(loss)}  val_loss ${brief(validationLoss)}` +
    `  error ${brief(kernelError)}  similarity ${similarity.toFixed(4)}`
  );
}

/** The end of a run: how well it went, and where the results are. */
export function lastLines({ summary, folder, interrupted }: Ending): string {
  const note = interrupted ? 'Interrupted: the result is complete up to this step.\n' : '';
  return `${note}\n${viz.tableToText(summary)}\n\nResults: ${folder}\nOpen ${folder}/report.html\n`;
}
