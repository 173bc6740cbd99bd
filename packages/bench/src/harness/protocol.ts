import type { Task } from '../cases/task';

/** What a contestant's process is asked to do. One thing at a time. */
export type Request =
  /** Make a task ready. Answer: whether the library can do it. */
  | { readonly ask: 'prepare'; readonly task: Task }
  /** Compute it once. Answer: its numbers. */
  | { readonly ask: 'result' }
  /** Repeat it for so long, at least once. Answer: milliseconds of the quickest run. */
  | { readonly ask: 'warmUp'; readonly ms: number }
  /** Run it so many times. Answer: milliseconds of them all. */
  | { readonly ask: 'sample'; readonly times: number }
  | { readonly ask: 'release' }
  | { readonly ask: 'explain'; readonly task: Task }
  /** Answer: MiB. */
  | { readonly ask: 'peakMemory' };

/** The answers by what was asked. `start` is sent unasked, when the library is loaded. */
export interface Answers {
  readonly start: { readonly version: string };
  readonly prepare: boolean;
  readonly result: Float32Array;
  readonly warmUp: number;
  readonly sample: number;
  readonly release: undefined;
  readonly explain: string | undefined;
  readonly peakMemory: number;
}

/** An answer, or why there is none. */
export type Reply =
  { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly reason: string };
