import type { Task } from './task';

/** The groups in which benchmarks are run. */
export const suiteNames = ['kernels', 'training', 'elementwise', 'startup', 'memory'] as const;

export type SuiteName = (typeof suiteNames)[number];

/** What every benchmark has. */
interface AnyCase {
  readonly suite: SuiteName;
  /** What is computed, and on which sizes. */
  readonly name: string;
  readonly unit: string;
  /** The speed over the best peer's that is to be reached. */
  readonly goal?: number;
  /** The peer that the goal is about, if not the best one. */
  readonly against?: string;
}

/** How much of something is done in a second. */
export interface SpeedCase extends AnyCase {
  readonly measure: 'speed';
  readonly task: Task;
  /** How many units one run is worth. */
  readonly work: number;
  /** The largest difference between results that agree, relative to the largest value. */
  readonly tolerance: number;
}

/** Seconds from the start of a process to the first product of two matrices. */
export interface StartupCase extends AnyCase {
  readonly measure: 'startup';
  /** Our packages that the program imports. */
  readonly packages: readonly string[];
}

/** The largest resident memory of a process that runs a task so many times, in MiB. */
export interface MemoryCase extends AnyCase {
  readonly measure: 'memory';
  readonly task: Task;
  readonly runs: number;
}

/** How much an installation with all dependencies takes on the disk, in millions of bytes. */
export interface SizeCase extends AnyCase {
  readonly measure: 'size';
  /** Our packages that are installed; those they depend on come with them. */
  readonly packages: readonly string[];
}

/** A benchmark. */
export type Case = SpeedCase | StartupCase | MemoryCase | SizeCase;
