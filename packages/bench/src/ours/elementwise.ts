import { add, exp, relu, sum, type Backend, type Tensor } from 'gradus';
import type { ElementwiseTask } from '../cases/task';
import { elementwiseInputs } from '../data/inputs';
import type { Work } from '../harness/library';
import { tensorOf, tensorWork } from './tensorWork';

/** Undefined for an operation that Gradus does not have yet. */
export function elementwise(backend: Backend, task: ElementwiseTask): Work | undefined {
  const inputs = elementwiseInputs(task);
  const [a, b] = [tensorOf(inputs.a), tensorOf(inputs.b)];
  const ways: Partial<Record<ElementwiseTask['operation'], () => Tensor>> = {
    add: () => add(a, b),
    relu: () => relu(a),
    exp: () => exp(a),
    sum: () => sum(a),
  };
  const compute = ways[task.operation];
  return compute && tensorWork(backend, compute);
}
