import type { Task } from '../cases/task';
import type { Library, Work } from '../harness/library';
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

/** The definitions as a library, so that they too have a process of their own. */
export function definition(): Library {
  const workOf = (task: Task): Work => ({
    run: () => undefined,
    result: () => Float32Array.from(expectedResult(task)!),
  });
  return {
    version: '',
    implementations: {
      matMul: workOf,
      elementwise: workOf,
      conv2d: workOf,
      conv2dFilterGradient: workOf,
      conv2dInputGradient: workOf,
    },
  };
}
