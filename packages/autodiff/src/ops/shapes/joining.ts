import {
  formatShape,
  normalizeAxes,
  OptionError,
  sameShape,
  ShapeError,
  sliceLayout,
  windowOn,
  type Shape,
  type Slice,
  Tensor,
} from '@gradus/tensor';
import { defineOp } from '../../op';
import type { Op } from '../../opDefinition';
import { calledAs } from '../calledAs';
import { reshape } from './shape';
import { slice } from './slice';

/** Along which axis tensors are joined. */
export interface JoinOptions {
  /** Negative ones count from the end. Default 0. */
  readonly axis?: number;
}

type Join = Op<readonly string[], JoinOptions | undefined>;

/** `concat` of so many tensors: an operation has a fixed number of inputs. */
const joins = new Map<number, Join>();

function joinOf(count: number): Join {
  const known = joins.get(count);
  if (known !== undefined) return known;
  const made = defineJoin(Array.from({ length: count }, (_, i) => `x${i}`));
  joins.set(count, made);
  return made;
}

function defineJoin(names: readonly string[]): Join {
  const inOrder = <T>(record: Readonly<Record<string, T>>): T[] =>
    names.map((name) => record[name]!);
  return defineOp<readonly string[], JoinOptions | undefined>({
    name: 'concat',
    inputs: names,
    dtype: 'same',
    shape: (shapes, options) => joinedShape(inOrder(shapes), options),
    compute(backend, inputs, options, out) {
      const tensors = inOrder(inputs);
      boxesOf(tensors, options).forEach((box, i) =>
        backend.copy(tensors[i]!, windowOn(out, sliceLayout(out, box))),
      );
    },
    gradient(dy, { inputs, attributes }) {
      const boxes = boxesOf(inOrder(inputs), attributes);
      const parts = names.map((name, i) => [name, (): Tensor => slice(dy, boxes[i]!)] as const);
      return Object.fromEntries(parts);
    },
    samples: [
      { inputs: sampleInputs(names, (i) => `${i + 1}n`) },
      { inputs: sampleInputs(names, (i) => `m${2 - (i % 2)}`), attributes: { axis: -1 } },
    ],
  });
}

function sampleInputs(names: readonly string[], word: (i: number) => string) {
  return Object.fromEntries(names.map((name, i) => [name, word(i)]));
}

/** Where each tensor lies in the result. */
function boxesOf(tensors: readonly Tensor[], options: JoinOptions | undefined): Slice[] {
  const axis = axisOf('concat', tensors[0]!.rank, options);
  let before = 0;
  return tensors.map(({ shape }) => {
    const begin = shape.map((_, i) => (i === axis ? before : 0));
    before += shape[axis]!;
    return { begin, size: shape, step: shape.map(() => 1) };
  });
}

function joinedShape(shapes: readonly Shape[], options: JoinOptions | undefined): Shape {
  const [first] = shapes as [Shape];
  const axis = axisOf('concat', first.length, options);
  const odd = shapes.find(
    (shape) =>
      shape.length !== first.length || shape.some((size, i) => i !== axis && size !== first[i]),
  );
  if (odd === undefined) {
    const length = shapes.reduce((sum, shape) => sum + shape[axis]!, 0);
    return first.with(axis, length);
  }
  throw new ShapeError({
    op: 'concat',
    expected: `tensors that differ from ${formatShape(first)} along axis ${axis} only`,
    received: formatShape(odd),
  });
}

function axisOf(op: string, rank: number, { axis = 0 }: JoinOptions = {}): number {
  return normalizeAxes(op, axis, rank)[0]!;
}

function requireTensors(op: string, tensors: readonly Tensor[]): void {
  const isList = Array.isArray(tensors) && tensors.every((x) => x instanceof Tensor);
  if (isList && tensors.length > 0) return;
  throw new OptionError({
    op,
    expected: 'a list of at least one tensor',
    received: isList ? 'an empty one' : 'something else',
  });
}

/**
 * Tensors one after the other along an axis; along the others they are of the same sizes.
 * @throws ShapeError if they are not, or there is no such axis.
 * @throws DTypeError if their element types differ.
 * @throws OptionError if there is no tensor.
 */
export const concat = calledAs(
  { name: 'concat', inputs: ['tensors'] },
  (tensors: readonly Tensor[], options?: JoinOptions): Tensor => {
    requireTensors('concat', tensors);
    return joinOf(tensors.length)(...tensors, options);
  },
  () => [...joinOf(2).cases, ...joinOf(3).cases],
);

/**
 * Tensors of one shape along a new axis.
 * @throws what `concat` throws.
 */
export function stack(tensors: readonly Tensor[], { axis = 0 }: JoinOptions = {}): Tensor {
  requireTensors('stack', tensors);
  const [{ shape, rank }] = tensors as [Tensor];
  const at = axisOf('stack', rank + 1, { axis });
  const odd = tensors.find((x) => !sameShape(x.shape, shape));
  if (odd !== undefined) {
    throw new ShapeError({
      op: 'stack',
      expected: `tensors of one shape, ${formatShape(shape)}`,
      received: formatShape(odd.shape),
    });
  }
  return concat(
    tensors.map((x) => reshape(x, x.shape.toSpliced(at, 0, 1))),
    { axis: at },
  );
}

/**
 * A tensor cut along an axis, without a copy: into so many equal parts, or parts of these sizes.
 * @throws OptionError if the parts do not add up to the axis.
 */
export function split(
  x: Tensor,
  parts: number | readonly number[],
  { axis = 0 }: JoinOptions = {},
): Tensor[] {
  const at = axisOf('split', x.rank, { axis });
  const length = x.shape[at]!;
  const sizes = sizesOfParts(length, parts);
  let before = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, i) => (i === at ? before : 0));
    before += size;
    return slice(x, { begin, size: x.shape.with(at, size) });
  });
}

/** How long the parts of an axis are. */
function sizesOfParts(length: number, parts: number | readonly number[]): readonly number[] {
  const isCount = (n: number): boolean => Number.isInteger(n) && n >= 0;
  if (typeof parts === 'number') {
    if (parts >= 1 && Number.isInteger(parts) && length % parts === 0) {
      return new Array<number>(parts).fill(length / parts);
    }
  } else if (parts.every(isCount) && parts.reduce((sum, n) => sum + n, 0) === length) {
    return parts;
  }
  throw new OptionError({
    op: 'split',
    expected: `a divisor of ${length}, or sizes that add up to it`,
    received: typeof parts === 'number' ? `${parts}` : formatShape(parts),
  });
}
