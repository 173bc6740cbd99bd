import type { View } from '@gradus/tensor';
import type { ArgKernel, Backend, CompareKernel, Scan } from '../backend';
import { loops } from '../loops';
import type { KernelRunner } from './kernelRunner';

type LeftToLoops = 'compare' | 'where' | 'argReduce' | 'cumulativeSum' | 'gather' | 'scatterAdd';

/** The part of the engine that has no kernels of its own: memory decides its speed, or it is rare. */
export abstract class LoopsOnly implements Pick<Backend, LeftToLoops> {
  protected abstract readonly runner: KernelRunner;

  compare(kernel: CompareKernel, a: View, b: View, out: View): void {
    this.runner.inLoops(out, () => loops.compare(kernel, a, b, out));
  }

  where(condition: View, a: View, b: View, out: View): void {
    this.runner.inLoops(out, () => loops.where(condition, a, b, out));
  }

  argReduce(kernel: ArgKernel, x: View, axes: readonly number[], out: View): void {
    this.runner.inLoops(out, () => loops.argReduce(kernel, x, axes, out));
  }

  cumulativeSum(x: View, scan: Scan, out: View): void {
    this.runner.inLoops(out, () => loops.cumulativeSum(x, scan, out));
  }

  gather(x: View, indices: View, axis: number, out: View): void {
    this.runner.inLoops(out, () => loops.gather(x, indices, axis, out));
  }

  scatterAdd(updates: View, indices: View, axis: number, out: View): void {
    this.runner.inLoops(out, () => loops.scatterAdd(updates, indices, axis, out));
  }
}
