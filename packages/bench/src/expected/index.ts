import type { Task } from '../cases/task';
import { expectedConvolution } from './convolution';
import { expectedElementwise } from './elementwise';
import { expectedMatMul } from './matMul';

/** The result of a task by its definition, or undefined where none is written down. */
export function expectedResult(task: Task): Float64Array | undefined {
  switch (task.kind) {
    case 'matMul':
      return expectedMatMul(task);
    case 'elementwise':
      return expectedElementwise(task);
    case 'conv2d':
    case 'conv2dFilterGradient':
    case 'conv2dInputGradient':
      return expectedConvolution(task);
    case 'training':
    case 'inference':
      return undefined;
  }
}
