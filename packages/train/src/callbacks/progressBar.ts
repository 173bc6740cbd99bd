import { checkFunctions, optionsOf, refuseOthers } from '@gradus/tensor/options';
import type { Logs } from '../loop/logs';
import type { Callback, TrainingContext } from './callback';
import { durationText } from './durationText';

/** What is written to; Node's streams fit as they are. */
export interface ProgressOutput {
  write(text: string): unknown;
  /** Whether it is a terminal, in which a line can be written over. */
  readonly isTTY?: boolean | undefined;
  /** Its width; default 80. */
  readonly columns?: number | undefined;
}

/** Options of `progressBar`. */
export interface ProgressBarOptions {
  /** Default: the standard output of the process, and where there is none, the console. */
  readonly output?: ProgressOutput;
  /** The time in milliseconds, from any beginning. Default: the clock. */
  readonly now?: () => number;
}

const barWidth = 20;
/** Milliseconds between two drawings: faster ones cost time, and nobody can read them. */
const interval = 100;
/** Moves to the beginning of the line, and erases what follows it. */
const [lineStart, lineRest] = ['\r', '\u001b[K'];

/**
 * Shows how far the training is. In a terminal a bar tells how much of the epoch is done, how long all
 * epochs will still take, and loss and metrics so far; anywhere else each epoch writes a line. In the first
 * epoch of a dataset that does not say how many batches it has, their number so far stands for the bar.
 * @throws OptionError if an option is unknown or of the wrong kind.
 */
export function progressBar(options: ProgressBarOptions = {}): Callback {
  const op = 'progressBar';
  const { output = defaultOutput(), now = clock, ...others } = optionsOf(op, options);
  refuseOthers(op, ['output', 'now'], others);
  const write: unknown = Reflect.get(Object(output) as object, 'write');
  checkFunctions(op, { 'output.write': write, now });
  let progress = new Progress(now());
  let epochBegan = 0;
  let drawn = -Infinity;
  const overwrite = (line: string): void => {
    const room = (output.columns || 80) - 1;
    output.write(`${lineStart}${[...line].slice(0, room).join('')}${lineRest}`);
  };
  return {
    onTrainBegin() {
      progress = new Progress(now());
      drawn = -Infinity;
    },
    onEpochBegin(epoch) {
      epochBegan = now();
      progress.beginEpoch(epoch);
    },
    onBatchBegin(batch) {
      progress.beginBatch(batch);
    },
    onBatchEnd(batch, logs, context) {
      if (output.isTTY !== true || now() - drawn < interval) return;
      drawn = now();
      const parts = [...barOf(batch + 1, context), ...progress.timeLeft(drawn, context)];
      overwrite(lineOf(progress.epoch, context, [...parts, ...numbersOf(logs)]));
    },
    onEpochEnd(epoch, logs, context) {
      const took = `${((now() - epochBegan) / 1000).toFixed(1)} s`;
      const line = lineOf(epoch, context, [took, ...numbersOf(logs)]);
      output.write(output.isTTY === true ? `${lineStart}${line}${lineRest}\n` : `${line}\n`);
    },
  };
}

/** How far a training is, counted from where it began, which may be in the midst of an epoch. */
class Progress {
  epoch = 0;
  private batch = 0;
  private first: { readonly epoch: number; batch?: number } | undefined;

  constructor(private readonly began: number) {}

  beginEpoch(epoch: number): void {
    this.epoch = epoch;
    this.first ??= { epoch };
  }

  beginBatch(batch: number): void {
    this.batch = batch;
    if (this.first !== undefined) this.first.batch ??= batch;
  }

  /** If the steps to come, validation and all, take as long as those that were made. */
  timeLeft(now: number, { epochs, steps }: TrainingContext): readonly string[] {
    if (steps === undefined) return [];
    const { epoch, batch = 0 } = this.first ?? { epoch: 0 };
    const made = this.epoch * steps + this.batch + 1;
    const measured = made - (epoch * steps + batch);
    const toCome = Math.max(epochs * steps - made, 0);
    const seconds = (((now - this.began) / measured) * toCome) / 1000;
    return [`${durationText(seconds)} left`];
  }
}

function lineOf(epoch: number, { epochs }: TrainingContext, parts: readonly string[]): string {
  return [`Epoch ${epoch + 1}/${epochs}`, ...parts].join('  ');
}

function barOf(done: number, { steps }: TrainingContext): readonly string[] {
  if (steps === undefined) return [`${done} ${done === 1 ? 'batch' : 'batches'}`];
  // A dataset may have more batches than in the epoch before.
  const filled = Math.floor((barWidth * Math.min(done, steps)) / steps);
  return ['█'.repeat(filled) + '░'.repeat(barWidth - filled), `${done}/${steps}`];
}

function numbersOf(logs: Logs): readonly string[] {
  return Object.entries(logs).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
}

/** The standard output of the process, and where there is none, the console. */
export function defaultOutput(): ProgressOutput {
  // A browser has no process, and a bundler may put an empty one in its place.
  const { process } = globalThis as { readonly process?: { readonly stdout?: ProgressOutput } };
  return process?.stdout ?? { write: (text) => console.log(text.trimEnd()) };
}

function clock(): number {
  // eslint-disable-next-line no-restricted-globals -- it is shown to people, and changes no result
  return performance.now();
}
