import { sizeOf } from 'gradus';
import type { SpeedCase } from './case';
import type { ElementwiseTask } from './task';

const million = 2 ** 20;

/** Operations that mostly wait for memory. */
export const elementwise: readonly SpeedCase[] = [
  operation('add 1M', { operation: 'add', shape: [million] }, 0.9),
  operation('relu 1M', { operation: 'relu', shape: [million] }, 0.9),
  operation('sum 1M', { operation: 'sum', shape: [million] }, 0.9),
  operation('exp 1M', { operation: 'exp', shape: [million] }, 1),
  operation('softmax 1024x1000', { operation: 'softmax', shape: [1024, 1000] }, 1),
];

function operation(name: string, what: Omit<ElementwiseTask, 'kind'>, goal: number): SpeedCase {
  return {
    suite: 'elementwise',
    name,
    unit: 'M elements/s',
    goal,
    measure: 'speed',
    task: { kind: 'elementwise', ...what },
    work: sizeOf(what.shape) / 1e6,
    tolerance: 1e-4,
  };
}
