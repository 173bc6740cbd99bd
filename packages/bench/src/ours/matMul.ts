import { matMul as multiply, type Backend } from 'gradus';
import type { MatMulTask } from '../cases/task';
import { matMulInputs } from '../data/inputs';
import type { Work } from '../harness/library';
import { tensorOf, tensorWork } from './tensorWork';

export function matMul(backend: Backend, task: MatMulTask): Work {
  const inputs = matMulInputs(task);
  const [a, b] = [tensorOf(inputs.a), tensorOf(inputs.b)];
  return tensorWork(backend, () => multiply(a, b));
}
