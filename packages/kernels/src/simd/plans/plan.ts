import type { View } from '@gradus/tensor';
import type { Kernel } from '../kernelCache';
import type { Workspace } from '../memory/workspace';

/** The operands of an operation by name; one that is left out is undefined. */
export type Operands = Readonly<Record<string, View | undefined>>;

/** An operand whose address is wanted, to read it where it lies or to write it as a result. */
export interface Place {
  readonly operand: string;
  readonly use: 'locate' | 'output';
}

/** A call of a kernel. Each argument is a number plus an address. */
export interface PlannedCall {
  readonly kernel: Kernel;
  readonly numbers: readonly number[];
  /** Which address: 0 is none, 1 the working memory, and the operands' places follow. */
  readonly addresses: readonly number[];
}

/**
 * The calls of kernels that an operation comes to. They depend on where its operands lie by additions
 * only; all else that led to them need not be worked out again for operands of the same shapes.
 */
export class Plan {
  constructor(
    private readonly places: readonly Place[],
    private readonly scratchBytes: number,
    private readonly calls: readonly PlannedCall[],
  ) {}

  /**
   * Makes the calls for these operands.
   * @throws OutOfMemory
   */
  run(work: Workspace, operands: Operands): void {
    const { places, scratchBytes, calls } = this;
    const at = [0, 0];
    for (const { operand, use } of places) {
      const view = operands[operand]!;
      at.push(use === 'locate' ? work.locate(view) : work.output(view));
    }
    if (scratchBytes > 0) at[1] = work.scratch(scratchBytes);
    for (const { kernel, numbers, addresses } of calls) {
      const values = new Array<number>(numbers.length);
      for (let i = 0; i < values.length; i++) values[i] = numbers[i]! + at[addresses[i]!]!;
      kernel(...values);
    }
  }
}
