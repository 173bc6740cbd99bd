/** Files of a package whose mutants are counted together. */
export interface Group {
  readonly name: string;
  /** Of the files' paths from the package's `src`. The first group that matches counts. */
  readonly files: RegExp;
  /** The share of mutants that tests must notice. */
  readonly goal: number;
}

/** A package under mutation. */
export interface Target {
  /** Its folder in `packages`. */
  readonly name: string;
  readonly groups: readonly Group[];
  /**
   * Whether it keeps what it makes, such as compiled kernels, for as long as its process lives. Then a
   * test may use what a mutant made in an earlier one, though it does not come by the mutant itself.
   */
  readonly keepsCode: boolean;
}

/** The packages under mutation, and what their tests must reach. */
export const targets: readonly Target[] = [
  {
    name: 'autodiff',
    keepsCode: false,
    groups: [
      { name: 'operations and their gradient rules', files: /^ops\//, goal: 0.9 },
      { name: 'the tape and derivatives', files: /^/, goal: 0.9 },
    ],
  },
  {
    name: 'kernels',
    keepsCode: true,
    groups: [
      {
        name: 'geometry',
        files:
          /^(convGeometry|convParameters|poolGeometry|poolRanges|windowAxes|simd\/convolution\/(windows|padding))\.ts$/,
        goal: 0.9,
      },
      { name: 'the engine loops', files: /^loops\//, goal: 0.85 },
      { name: 'the engine simd', files: /^simd\//, goal: 0.85 },
      { name: 'the reference', files: /^reference\//, goal: 0.85 },
      { name: 'what engines share', files: /^/, goal: 0.85 },
    ],
  },
  {
    name: 'optimizers',
    keepsCode: false,
    groups: [
      { name: 'schedules', files: /^schedules\//, goal: 0.85 },
      { name: 'update rules and optimizers', files: /^/, goal: 0.85 },
    ],
  },
];

/** The group of a file, `packages/NAME/src/...`. */
export function groupOf(target: Target, file: string): Group {
  const path = file.slice(`packages/${target.name}/src/`.length);
  return target.groups.find(({ files }) => files.test(path))!;
}
