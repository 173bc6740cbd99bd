import { fill, Random, type Tensor } from 'gradus';

/** Numbers from -1 to 1, the same each time for one name. */
export function randomTensor(name: string, shape: readonly number[]): Tensor {
  const random = new Random(1).split(name);
  return fill(shape, () => random.uniform(-1, 1));
}
