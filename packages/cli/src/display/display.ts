import type { viz } from 'gradus';

/** What a person sees of a run while it goes on. */
export interface Display {
  /** Begins a part of the work, of which some may have been done before. */
  phase(name: string, doneBefore?: number): void;
  /** @param numbers what else is known by now, such as `loss 0.250`. */
  progress(done: number, total: number, numbers?: string): void;
  /** The numbers of an epoch; in a terminal a drawing below, which goes over that of the last one. */
  epoch(line: string, draw?: (paper: Paper) => string): void;
  /** Something that is wrong but does not stop the run; goes to standard error. */
  warn(line: string): void;
  finish(ending: Ending): void;
  /** Leaves the terminal as it was; also where a run ends early. */
  close(): void;
}

/** What one can draw on. */
export interface Paper {
  readonly columns: number;
  readonly rows: number;
  readonly color: viz.TerminalColor;
}

/** What is said at the end of a run. */
export interface Ending {
  readonly summary: viz.TableRows;
  readonly folder: string;
  readonly interrupted: boolean;
  /** What one can do next, if there is something to say. */
  readonly next?: string;
}
