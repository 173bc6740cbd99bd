import type { ConvolutionTask, ElementwiseTask, Task } from '../src/cases/task';

function convolution(kind: ConvolutionTask['kind'], kernel: number): Task {
  return { kind, x: [2, 5, 4, 3], kernel, filters: 2 };
}

function operation(name: ElementwiseTask['operation']): Task {
  return { kind: 'elementwise', operation: name, shape: [3, 4] };
}

/** Tasks whose results are known by definition, small but of every kind. */
export const smallTasks: readonly Task[] = [
  { kind: 'matMul', size: 7 },
  ...[1, 2, 3, 4].flatMap((kernel) => [
    convolution('conv2d', kernel),
    convolution('conv2dFilterGradient', kernel),
    convolution('conv2dInputGradient', kernel),
  ]),
  ...(['add', 'relu', 'exp', 'sum', 'softmax'] as const).map(operation),
];
