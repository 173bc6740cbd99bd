import { SingleBar } from 'cli-progress';
import { durationText, type viz } from 'gradus';
import { oneLine } from '../oneLine';
import type { Terminal } from '../terminal';
import type { Display, Ending, Paper } from './display';
import { lastLines } from './lastLines';

/** A terminal that does not tell its size has this one. */
const defaultSize = { columns: 80, rows: 24 };

/** How wide a bar is: what remains beside its numbers, within these bounds. */
const [narrowest, widest] = [8, 24];
/** Characters beside the bar and the numbers: ` 100%  ` and `59 min 59 s left`. */
const besides = 24;

/** A bar with the time left, and drawings that are drawn anew after each epoch. */
export class TerminalDisplay implements Display {
  private bar: SingleBar | undefined;
  private name = '';
  private began = 0;
  private doneBefore = 0;
  /** Lines of the drawing that the next one goes over. */
  private drawnLines = 0;

  constructor(private readonly terminal: Terminal) {}

  phase(name: string, doneBefore = 0): void {
    this.close();
    this.name = name;
    this.doneBefore = doneBefore;
    this.began = performance.now();
  }

  progress(done: number, total: number, numbers = ''): void {
    const made = done - this.doneBefore;
    const left = ((performance.now() - this.began) / made) * (total - done);
    const payload = {
      name: this.name,
      numbers: numbers === '' ? '' : `${numbers}  `,
      left: made > 0 ? `${durationText(left / 1000)} left` : '',
    };
    if (this.bar === undefined) {
      this.bar = this.newBar(numbers);
      this.bar.start(total, done, payload);
    }
    this.bar.update(done, payload);
  }

  epoch(line: string, draw?: (paper: Paper) => string): void {
    this.close();
    const over = this.drawnLines > 0 ? `\u001b[${this.drawnLines}A\u001b[J` : '';
    const drawing = draw === undefined ? '' : `${draw(this.paper())}\n`;
    this.terminal.output.write(`${over}${line}\n${drawing}`);
    if (draw === undefined) return;
    const { columns } = this.paper();
    this.drawnLines = Math.ceil(line.length / columns) + drawing.split('\n').length - 1;
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

  private newBar(numbers: string): SingleBar {
    const room = this.paper().columns - this.name.length - numbers.length - besides;
    return new SingleBar({
      format: '{name} {bar} {percentage}%  {numbers}{left}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: Math.min(Math.max(room, narrowest), widest),
      clearOnComplete: true,
      hideCursor: true,
      stream: this.terminal.output,
      gracefulExit: false,
    });
  }

  private paper(): Paper {
    const { columns, rows } = this.terminal.output;
    return {
      columns: columns || defaultSize.columns,
      rows: rows || defaultSize.rows,
      color: terminalColor(this.terminal.environment),
    };
  }
}

/** https://no-color.org, and the variable by which terminals announce 24-bit colours. */
function terminalColor(environment: Terminal['environment']): viz.TerminalColor {
  if (environment['NO_COLOR']) return 'none';
  return /truecolor|24bit/.test(environment['COLORTERM'] ?? '') ? 'truecolor' : '256';
}
