import {
  formatShape,
  OptionError,
  ShapeError,
  Tensor,
  type DTypeOf,
  type TypedArray,
} from '@gradus/tensor';
import { countRows, takeRows } from '../rows';

/**
 * `T` if it is a tensor, or lists and records of tensors, as deep as one likes, such as
 * `{ x: images, y: labels }`; anything else fits no such type.
 */
export type Tensors<T> = T extends Tensor | undefined
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Tensors<T[K]> }
    : never;

/** What elements of type `T` become when they are stacked: lists and records keep their form. */
export type Batched<T> = T extends Tensor | undefined
  ? T
  : T extends number
    ? Tensor<'float32'>
    : T extends TypedArray
      ? Tensor<DTypeOf<T>>
      : { readonly [K in keyof T]: Batched<T[K]> };

/** A tensor within a structure, and the way to it, such as `x` or `images.0`. */
interface Leaf {
  readonly path: string;
  readonly tensor: Tensor;
}

/**
 * The size that the first axes of all tensors in a structure have.
 * @throws ShapeError if they differ, or there is no tensor; OptionError if there is something else.
 */
export function commonRows(op: string, tensors: unknown): number {
  const [first, ...others] = leavesOf(op, tensors, '');
  if (first === undefined) {
    throw new ShapeError({ op, expected: 'at least one tensor', received: 'none' });
  }
  const rows = countRows(op, first.tensor);
  const odd = others.find(({ tensor }) => countRows(op, tensor) !== rows);
  if (odd === undefined) return rows;
  throw new ShapeError({
    op,
    expected: 'tensors whose first axes have one size',
    received: [first, odd].map(described).join(' and '),
  });
}

/** One row of each tensor, as views: a first axis less. */
export function rowOf<T>(tensors: T, row: number): T {
  return mapTensors(tensors, ({ storage, shape, strides, offset }) => {
    const start = offset + row * strides[0]!;
    return new Tensor(storage, { shape: shape.slice(1), strides: strides.slice(1), offset: start });
  }) as T;
}

/** These rows of each tensor, as `takeRows` gives them. */
export function rowsOf<T>(tensors: T, rows: ArrayLike<number>): Batched<T> {
  return mapTensors(tensors, (tensor) => takeRows(tensor, rows)) as Batched<T>;
}

/** Whether a value is a record: `{ ... }`, and neither a list nor an instance of a class. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The way to a part of a structure. */
export function pathTo(parent: string, key: string | number): string {
  return parent === '' ? `${key}` : `${parent}.${key}`;
}

/** What was given, short enough for a sentence. */
export function inWords(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  return isRecord(value) ? 'a record' : `a ${value.constructor.name}`;
}

function mapTensors(tensors: unknown, f: (tensor: Tensor) => Tensor): unknown {
  if (tensors instanceof Tensor) return f(tensors as Tensor);
  if (Array.isArray(tensors)) return tensors.map((part) => mapTensors(part, f));
  if (!isRecord(tensors)) return tensors;
  const parts = Object.entries(tensors).map(([name, part]) => [name, mapTensors(part, f)] as const);
  return Object.fromEntries(parts);
}

function leavesOf(op: string, tensors: unknown, path: string): Leaf[] {
  if (tensors instanceof Tensor) return [{ path, tensor: tensors as Tensor }];
  if (Array.isArray(tensors) || isRecord(tensors)) {
    return Object.entries(tensors).flatMap(([name, part]) =>
      // An entry that is optional, such as weights, may be left undefined.
      part === undefined ? [] : leavesOf(op, part, pathTo(path, name)),
    );
  }
  throw new OptionError({
    op,
    expected: 'a tensor, or lists and records of tensors',
    received: `${inWords(tensors)}${path === '' ? '' : ` as ${path}`}`,
    hint: 'Lists of other things are for Dataset.from.',
  });
}

function described({ path, tensor }: Leaf): string {
  return `${formatShape(tensor.shape)}${path === '' ? '' : ` as ${path}`}`;
}
