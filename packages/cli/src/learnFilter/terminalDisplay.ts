import { SingleBar } from 'cli-progress';
import { viz, type Tensor } from 'gradus';
import { oneLine } from '../oneLine';
import type { Terminal } from '../terminal';
import type { Display, Ending } from './display';
import { durationText } from './durationText';
import { symmetricRange } from './kernelRange';
import { epochLine, lastLines } from './lines';
import { brief } from './outcome';
import type { EpochRecord } from './training';

/** Kernels up to this size are drawn with their coefficients. */
const mostNumbers = 7;

/** A terminal that does not tell its size has this one. */
const defaultSize = { columns: 80, rows: 24 };

/** Lines that stand around the kernel: the epoch's numbers, which may take two, and the bar. */
const linesAround = 4;

/** A bar with the time left, and the kernel drawn anew after each epoch. */
export class TerminalDisplay implements Display {
  private bar: SingleBar | undefined;
  private name = '';
  private began = 0;
  /** Lines of the drawing that the next one goes over. */
  private drawnLines = 0;

  constructor(private readonly terminal: Terminal) {}

  phase(name: string): void {
    this.close();
    this.name = name;
    this.began = performance.now();
  }

  progress(done: number, total: number, loss?: number): void {
    const remaining = ((performance.now() - this.began) / done) * (total - done);
    const payload = {
      name: this.name,
      loss: loss === undefined ? '' : `loss ${brief(loss)}  `,
      left: done > 0 ? `${durationText(remaining / 1000)} left` : '',
    };
    if (this.bar === undefined) {
      this.bar = this.newBar();
      this.bar.start(total, done, payload);
    }
    this.bar.update(done, payload);
  }

  epoch(record: EpochRecord, epochs: number, target: Tensor): void {
    this.close();
    const { columns } = this.size();
    const line = epochLine(record, epochs);
    const kernel = viz.kernelToAnsi(record.kernel, {
      range: symmetricRange(target),
      columns: this.kernelColumns(target.shape),
      color: terminalColor(this.terminal.environment),
      numbers: Math.max(...target.shape) <= mostNumbers,
    });
    const over = this.drawnLines > 0 ? `\u001b[${this.drawnLines}A\u001b[J` : '';
    this.terminal.output.write(`${over}${line}\n${kernel}\n`);
    this.drawnLines = Math.ceil(line.length / columns) + kernel.split('\n').length;
  }

  warn(line: string): void {
    this.close();
    this.terminal.errors.write(`gradus: ${oneLine(line)}\n`);
    // The line stands below the drawing, which therefore stays where it is.
    this.drawnLines = 0;
  }

  finish(ending: Ending): void {
    this.close();
    this.terminal.output.write(lastLines(ending));
  }

  close(): void {
    this.bar?.stop();
    this.bar = undefined;
  }

  private newBar(): SingleBar {
    return new SingleBar({
      format: '{name} {bar} {percentage}%  {loss}{left}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      clearOnComplete: true,
      hideCursor: true,
      stream: this.terminal.output,
      gracefulExit: false,
    });
  }

  private size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.terminal.output;
    return { columns: columns || defaultSize.columns, rows: rows || defaultSize.rows };
  }

  /** So many that the drawing, two rows of the kernel a line, is not higher than the terminal. */
  private kernelColumns([height, width]: readonly number[]): number {
    const { columns, rows } = this.size();
    const lines = Math.max(rows - linesAround, 1);
    return Math.max(2, Math.min(columns, Math.floor((2 * lines * width!) / height!)));
  }
}

/** https://no-color.org, and the variable by which terminals announce 24-bit colours. */
function terminalColor(environment: Terminal['environment']): viz.TerminalColor {
  if (environment['NO_COLOR']) return 'none';
  return /truecolor|24bit/.test(environment['COLORTERM'] ?? '') ? 'truecolor' : '256';
}
