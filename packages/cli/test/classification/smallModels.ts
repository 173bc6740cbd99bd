import { input, layers, sequential, tensor, type Model, type Tensor } from 'gradus';

/** A model that gives its input, a row of so many numbers, as its result. */
export function echo(classes: number): Model {
  return sequential([input([classes]), layers.activation({ activation: 'linear' })]);
}

/** Rows of numbers. */
export function rows(values: readonly (readonly number[])[]): Tensor {
  return tensor(Float32Array.from(values.flat()), [values.length, values[0]!.length]);
}

/** Labels. */
export function labels(...values: number[]): Tensor<'int32'> {
  return tensor(Int32Array.from(values), [values.length]);
}
