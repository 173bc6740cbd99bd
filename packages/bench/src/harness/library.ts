import type { Task } from '../cases/task';

/** A task made ready in one library, its data in the form the library wants. */
export interface Work {
  /** Computes so many times; what it returns is awaited, and the time until then is measured. */
  run(times: number): void | Promise<void>;
  /**
   * Computes once and gives the numbers, in Gradus's layout and row-major order. Of a training: the
   * losses of the first `checkedSteps` steps. Called once, before `run`.
   */
  result(): Float32Array | Promise<Float32Array>;
  /** Gives memory back. */
  release?(): void | Promise<void>;
}

/** How many losses the results of trainings are compared by. */
export const checkedSteps = 5;

/** What a library can do, by the kind of task; what is missing here is left out of the ranking. */
export type Implementations = {
  readonly [K in Task['kind']]?: (
    task: Extract<Task, { readonly kind: K }>,
  ) => Work | undefined | Promise<Work | undefined>;
};

/** A library that takes part, as it is seen inside its own process. */
export interface Library {
  readonly version: string;
  /** An implementation may also return undefined: this task is not for it. */
  readonly implementations: Implementations;
  /** How the library computes a task, and why so. */
  explain?(task: Task): string | undefined;
}

/** The work of a task in a library, or undefined if the library cannot do it. */
export async function prepareWork(
  { implementations }: Library,
  task: Task,
): Promise<Work | undefined> {
  const prepare = implementations[task.kind] as
    ((task: Task) => Work | undefined | Promise<Work | undefined>) | undefined;
  return prepare?.(task);
}

/** The loop of libraries that compute at once. */
export function repeat(times: number, once: () => void): void {
  for (let i = 0; i < times; i++) once();
}

/** The loop of libraries that one waits for. */
export async function repeatAwaiting(times: number, once: () => Promise<void>): Promise<void> {
  for (let i = 0; i < times; i++) await once();
}

/** A training as work: `step` takes one step and returns the loss before it. */
export function trainingWork(step: () => number | Promise<number>, release?: () => void): Work {
  return {
    async run(times) {
      for (let i = 0; i < times; i++) await step();
    },
    async result() {
      const losses = new Float32Array(checkedSteps);
      for (let i = 0; i < checkedSteps; i++) losses[i] = await step();
      return losses;
    },
    ...(release === undefined ? {} : { release }),
  };
}
