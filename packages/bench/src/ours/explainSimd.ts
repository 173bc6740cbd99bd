import { convGeometry, explainConvolution, explainMatMul } from '@gradus/kernels';
import type { Explanation } from '@gradus/kernels';
import type { ConvolutionTask, Task } from '../cases/task';

/** The algorithm that the engine `simd` takes, and when it does; of single operations only. */
export function explainSimd(task: Task): string | undefined {
  switch (task.kind) {
    case 'matMul':
      return inWords(explainMatMul(task.size, task.size, task.size));
    case 'conv2d':
    case 'conv2dFilterGradient':
    case 'conv2dInputGradient':
      return inWords(explainConvolution(task.kind, geometryOf(task)));
    default:
      return undefined;
  }
}

function geometryOf({ kind, x, kernel, filters }: ConvolutionTask) {
  return convGeometry(kind, x, [kernel, kernel, x[3], filters], { padding: 'same' });
}

function inWords({ algorithm, when }: Explanation): string {
  return `${algorithm} (${when})`;
}
