/** What the process of a trial is told. */
export interface TrialTask {
  readonly root: string;
  /** A JSON file: for each TypeScript file, from the root, the JavaScript that stands for it. */
  readonly sources: string;
  /** The number of the mutant that is switched on; none to see which ones specs come by. */
  readonly mutant?: number;
  /** From the root, in the order in which they run. */
  readonly specs: readonly SpecTask[];
}

/** One spec file of a trial. */
export interface SpecTask {
  readonly file: string;
  /** Whether fast-check may look for smaller cases; without, a trial is over sooner. */
  readonly shrinks: boolean;
  /** Full titles of the tests to run; default all. */
  readonly tests?: readonly string[];
}

/** Which mutants a test came by. */
export interface TestHits {
  /** The full title. */
  readonly test: string;
  readonly milliseconds: number;
  /** Numbers of mutants, those of its hooks included. */
  readonly hits: readonly number[];
}

/** A test that failed. */
export interface FailedTest {
  readonly spec: string;
  readonly test: string;
  readonly message: string;
}

/** What the process of a trial tells. */
export type TrialNews =
  | { readonly begins: string }
  | {
      readonly ended: string;
      readonly milliseconds: number;
      /** Time of processors, which other programs do not lengthen. */
      readonly processorMs: number;
      /** Numbers of the mutants that were come by outside of tests; only without a mutant. */
      readonly hits: readonly number[];
      /** In the order in which they ran. */
      readonly tests: readonly TestHits[];
    }
  | { readonly failed: FailedTest }
  | { readonly done: true };
