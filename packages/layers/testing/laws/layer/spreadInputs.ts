import { fill, Random, sizeOf, type Tensor } from '@gradus/tensor';
import { shapesOf, type ShapeOf, type Value } from '../../../src/index';

/**
 * A batch for each input: odd multiples of 1/64 around 0, in random order, of which no two are equal,
 * so that differences meet no tie of a maximum and no kink at 0; float64.
 */
export function spreadInputs(input: ShapeOf<Value>, batch: number, seed: number): Tensor[] {
  const shapes = shapesOf<Value>(input).map(([, shape]) => [batch, ...shape]);
  const count = shapes.reduce((total, shape) => total + sizeOf(shape), 0);
  const places = new Random(seed).split('spread').permutation(count);
  const least = 1 - 2 * Math.floor(count / 2);
  let next = 0;
  return shapes.map((shape) => fill(shape, () => (least + 2 * places[next++]!) / 64, 'float64'));
}
