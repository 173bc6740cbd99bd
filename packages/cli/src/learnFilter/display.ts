import { SingleBar } from 'cli-progress';
import { viz, type Tensor } from 'gradus';
import { brief } from './outcome';
import type { EpochRecord } from './training';

/** What a person sees of a run while it goes on. */
export interface Display {
  /** Begins a part of the work. */
  phase(name: string): void;
  progress(done: number, total: number, loss?: number): void;
  epoch(record: EpochRecord, epochs: number, target: Tensor): void;
  /** Something that is wrong but does not stop the run; goes to standard error. */
  warn(line: string): void;
  finish(summary: (string | number)[][], folder: string, interrupted: boolean): void;
}

/** The display for where standard output leads: a terminal, or a file or pipe. */
export function createDisplay(): Display {
  return process.stdout.isTTY ? new TerminalDisplay() : new PlainDisplay();
}

function epochLine(record: EpochRecord, epochs: number): string {
  const { epoch, loss, validationLoss, kernelError, similarity } = record;
  return (
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}` +
    `  loss ${brief(loss)}  val_loss ${brief(validationLoss)}` +
    `  kernel error ${brief(kernelError)}  similarity ${similarity.toFixed(4)}`
  );
}

function lastLines(summary: (string | number)[][], folder: string, interrupted: boolean): string {
  const note = interrupted ? 'Interrupted: the result is complete up to this step.\n' : '';
  return `${note}\n${viz.tableToText(summary)}\n\nResults: ${folder}\nOpen ${folder}/report.html\n`;
}

/** Plain lines. */
class PlainDisplay implements Display {
  phase(name: string): void {
    process.stdout.write(`${name} ...\n`);
  }

  progress(): void {
    // A file has no use for a bar; the epochs' lines tell how far it is.
  }

  epoch(record: EpochRecord, epochs: number): void {
    process.stdout.write(`${epochLine(record, epochs)}\n`);
  }

  warn(line: string): void {
    process.stderr.write(`gradus: ${line}\n`);
  }

  finish(summary: (string | number)[][], folder: string, interrupted: boolean): void {
    process.stdout.write(lastLines(summary, folder, interrupted));
  }
}

/** Kernels up to this size are drawn with their coefficients. */
const mostNumbers = 7;

/** A bar with the time left, and the kernel drawn anew after each epoch. */
class TerminalDisplay implements Display {
  private bar: SingleBar | undefined;
  private name = '';
  /** Lines of the drawing that the next one goes over. */
  private drawnLines = 0;

  phase(name: string): void {
    this.clearBar();
    this.name = name;
  }

  progress(done: number, total: number, loss?: number): void {
    const payload = { name: this.name, loss: loss === undefined ? '' : `loss ${brief(loss)}  ` };
    if (this.bar === undefined) {
      this.bar = new SingleBar({
        format: '{name} {bar} {percentage}%  {loss}{eta_formatted} left',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 24,
        clearOnComplete: true,
        hideCursor: true,
        stream: process.stdout,
        etaBuffer: 100,
        gracefulExit: false,
      });
      this.bar.start(total, done, payload);
    }
    this.bar.update(done, payload);
  }

  epoch(record: EpochRecord, epochs: number, target: Tensor): void {
    this.clearBar();
    const drawing = [
      epochLine(record, epochs),
      viz.kernelToAnsi(record.kernel, {
        range: symmetricRange(target),
        columns: process.stdout.columns,
        color: terminalColor(process.env),
        numbers: Math.max(...target.shape) <= mostNumbers,
      }),
    ].join('\n');
    const over = this.drawnLines > 0 ? `\u001b[${this.drawnLines}A\u001b[J` : '';
    process.stdout.write(`${over}${drawing}\n`);
    this.drawnLines = drawing.split('\n').length;
  }

  warn(line: string): void {
    this.clearBar();
    process.stderr.write(`gradus: ${line}\n`);
    // The line stands below the drawing, which therefore stays where it is.
    this.drawnLines = 0;
  }

  finish(summary: (string | number)[][], folder: string, interrupted: boolean): void {
    this.clearBar();
    process.stdout.write(lastLines(summary, folder, interrupted));
  }

  private clearBar(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}

/** One range for all pictures of a run: as far from 0 as the target's coefficients go. */
export function symmetricRange(target: Tensor): readonly [number, number] {
  const reach = Math.max(...Float64Array.from(target.toTypedArray(), Math.abs));
  return [-reach, reach];
}

/** https://no-color.org, and the variable by which terminals announce 24-bit colours. */
function terminalColor(environment: NodeJS.ProcessEnv): viz.TerminalColor {
  if (environment['NO_COLOR']) return 'none';
  return /truecolor|24bit/.test(environment['COLORTERM'] ?? '') ? 'truecolor' : '256';
}
