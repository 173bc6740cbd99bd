import { add, exp, relu, softmax, sum, type Backend } from 'gradus';
import type { ElementwiseTask } from '../cases/task';
import { elementwiseInputs } from '../data/inputs';
import type { Work } from '../harness/library';
import { tensorOf, tensorWork } from './tensorWork';

export function elementwise(backend: Backend, task: ElementwiseTask): Work {
  const inputs = elementwiseInputs(task);
  const [a, b] = [tensorOf(inputs.a), tensorOf(inputs.b)];
  const ways = {
    add: () => add(a, b),
    relu: () => relu(a),
    exp: () => exp(a),
    sum: () => sum(a),
    softmax: () => softmax(a),
  };
  return tensorWork(backend, ways[task.operation]);
}
