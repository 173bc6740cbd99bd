import { viz, type Tensor } from 'gradus';
import { brief } from '../brief';
import type { Display } from '../display/display';
import { symmetricRange } from './kernelRange';
import type { EpochRecord } from './training';

/** Kernels up to this size are drawn with their coefficients. */
const mostNumbers = 7;

/** Lines that stand around the kernel: the epoch's numbers, which may take two, and the bar. */
const linesAround = 4;

/** Shows the numbers of an epoch, and in a terminal the kernel as it is now. */
export function showEpoch(
  display: Display,
  record: EpochRecord,
  { epochs, target }: { readonly epochs: number; readonly target: Tensor },
): void {
  const [height, width] = target.shape as [number, number];
  display.epoch(epochLine(record, epochs), ({ columns, rows, color }) => {
    // So many that the drawing, two rows of the kernel a line, is not higher than the terminal.
    const lines = Math.max(rows - linesAround, 1);
    return viz.kernelToAnsi(record.kernel, {
      range: symmetricRange(target),
      columns: Math.max(2, Math.min(columns, Math.floor((2 * lines * width) / height))),
      color,
      numbers: Math.max(height, width) <= mostNumbers,
    });
  });
}

/** The numbers of an epoch. */
function epochLine(record: EpochRecord, epochs: number): string {
  const { epoch, loss, validationLoss, kernelError, similarity } = record;
  return (
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}` +
    `  loss ${brief(loss)}  val_loss ${brief(validationLoss)}` +
    `  error ${brief(kernelError)}  similarity ${similarity.toFixed(4)}`
  );
}
