import { mutantToLine } from '../mutants/mutant';
import { isNoticed, type Result } from '../report/result';

/** How often a line is written, milliseconds. */
const everyMs = 10_000;

/** Says how far a run is: each survivor at once, and now and then how long it will take. */
export class Progress {
  private readonly begun = performance.now();
  private lastLine = this.begun;
  private done = 0;
  private noticed = 0;

  constructor(
    private readonly name: string,
    private readonly all: number,
    private readonly say: (line: string) => void,
  ) {}

  add(result: Result): void {
    this.done++;
    if (isNoticed(result)) this.noticed++;
    else if (result.outcome !== 'equivalent') {
      this.say(`  ${result.outcome}: ${mutantToLine(result.mutant)}`);
    }
    const now = performance.now();
    if (now - this.lastLine < everyMs && this.done < this.all) return;
    this.lastLine = now;
    const secondsLeft = ((now - this.begun) / 1000 / this.done) * (this.all - this.done);
    this.say(
      `${this.name}: ${this.done} of ${this.all} tried, ${this.noticed} noticed, ` +
        `about ${Math.ceil(secondsLeft)} s left`,
    );
  }
}
