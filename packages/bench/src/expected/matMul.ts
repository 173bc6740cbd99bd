import type { MatMulTask } from '../cases/task';
import { matMulInputs } from '../data/inputs';

/** The product by its definition, in double precision. */
export function expectedMatMul(task: MatMulTask): Float64Array {
  const { size } = task;
  const [a, b] = [matMulInputs(task).a.data, matMulInputs(task).b.data];
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return product;
}
