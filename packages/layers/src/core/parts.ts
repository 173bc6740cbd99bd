import { Tensor, type Shape } from '@gradus/tensor';
import type { ShapeOf, Value } from './value';

/** A tensor or shape of a value, and its name there: its place in a list, '' if it stands alone. */
export type Part<T> = readonly [name: string, part: T];

/** The tensors of a value, in the order of their names if they have some. */
export function tensorsOf(value: Value): readonly Part<Tensor>[] {
  return value instanceof Tensor ? [['', value]] : inOrder(value);
}

/** The shapes of a value, in the order of `tensorsOf`. */
export function shapesOf<V extends Value>(shapes: ShapeOf<V>): readonly Part<Shape>[] {
  const several: Shape | readonly Shape[] | Readonly<Record<string, Shape>> = shapes;
  return isShape(several) ? [['', several]] : inOrder(several);
}

/** The value of these shapes whose tensors are `make(shape, i)`. */
export function valueOf<V extends Value>(
  shapes: ShapeOf<V>,
  make: (shape: Shape, i: number) => Tensor,
): V {
  const parts = shapesOf<V>(shapes).map(([name, shape], i) => [name, make(shape, i)] as const);
  if (isShape(shapes)) return parts[0]![1] as V;
  const value = Array.isArray(shapes) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  return value as V;
}

function inOrder<T>(several: readonly T[] | Readonly<Record<string, T>>): readonly Part<T>[] {
  if (Array.isArray(several)) return several.map((part: T, i) => [String(i), part]);
  return Object.entries(several).sort(([a], [b]) => (a < b ? -1 : 1));
}

function isShape(shapes: unknown): shapes is Shape {
  return Array.isArray(shapes) && shapes.every((size) => typeof size === 'number');
}

/** A value of the form of another one, with other tensors, in the order of `tensorsOf`. */
export function withTensors<V extends Value>(value: V, tensors: readonly Tensor[]): V {
  return likeValue(value, tensors) as V;
}

function likeValue(value: Value, tensors: readonly Tensor[]): Value {
  if (value instanceof Tensor) return tensors[0]!;
  if (Array.isArray(value)) return tensors;
  return Object.fromEntries(tensorsOf(value).map(([name], i) => [name, tensors[i]!]));
}
