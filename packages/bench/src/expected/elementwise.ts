import type { ElementwiseTask } from '../cases/task';
import { elementwiseInputs } from '../data/inputs';

/** The operation by its definition, in double precision. */
export function expectedElementwise(task: ElementwiseTask): Float64Array {
  const { a, b } = elementwiseInputs(task);
  const x = Float64Array.from(a.data);
  switch (task.operation) {
    case 'add':
      return x.map((value, i) => value + b.data[i]!);
    case 'relu':
      return x.map((value) => Math.max(value, 0));
    case 'exp':
      return x.map(Math.exp);
    case 'sum':
      return Float64Array.of(x.reduce((total, value) => total + value, 0));
    case 'softmax':
      return softmax(x, task.shape.at(-1)!);
  }
}

function softmax(x: Float64Array, columns: number): Float64Array {
  const result = x.map(Math.exp);
  for (let start = 0; start < result.length; start += columns) {
    const row = result.subarray(start, start + columns);
    const total = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, i) => (row[i] = value / total));
  }
  return result;
}
