import type { Tensor, viz } from 'gradus';
import type { EpochRecord } from './training';

/** What a person sees of a run while it goes on. */
export interface Display {
  /** Begins a part of the work. */
  phase(name: string): void;
  progress(done: number, total: number, loss?: number): void;
  epoch(record: EpochRecord, epochs: number, target: Tensor): void;
  /** Something that is wrong but does not stop the run; goes to standard error. */
  warn(line: string): void;
  finish(ending: Ending): void;
  /** Leaves the terminal as it was; also where a run ends early. */
  close(): void;
}

/** What is said at the end of a run. */
export interface Ending {
  readonly summary: viz.TableRows;
  readonly folder: string;
  readonly interrupted: boolean;
}
