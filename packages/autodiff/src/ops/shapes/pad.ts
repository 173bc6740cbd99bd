import {
  broadcastLayout,
  DTypeError,
  formatShape,
  full,
  isFloat,
  OptionError,
  ShapeError,
  sliceLayout,
  windowOn,
  type Shape,
  type Tensor,
} from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';
import { composeOp } from '../../composeOp';
import { defineOp } from '../../op';
import { callOptions } from '../checks/callOptions';
import { gather } from './gather';
import { roomFor } from '../checks/roomFor';
import { slice } from './slice';

/** How many elements are put before and after each axis. */
export type Paddings = readonly (readonly [before: number, after: number])[];

/** What is put around a tensor. */
export interface PadOptions {
  /** A pair for each axis, whole numbers of at least 0. */
  readonly paddings: Paddings;
  /**
   * One value everywhere, or the tensor mirrored at its border: of 1, 2, 3 'reflect' makes 3, 2, 1, 2, 3,
   * 2, 1, leaving out the border itself, and 'symmetric' 2, 1, 1, 2, 3, 3, 2. Default 'constant'.
   */
  readonly mode?: 'constant' | 'reflect' | 'symmetric';
  /** The value of mode 'constant'. Default 0. */
  readonly value?: number;
}

const modes = ['constant', 'reflect', 'symmetric'] as const;

/**
 * x with more elements around it. What is put beyond a mirror image is mirrored again, as in NumPy.
 * @throws ShapeError if there is not one pair for each axis, or an empty axis is to be mirrored.
 * @throws OptionError if a number of elements is not whole or is negative, there is no such mode, or a
 * value is given for another mode than 'constant'.
 * @throws DTypeError if the element type cannot hold the value.
 */
export const pad = composeOp({
  name: 'pad',
  inputs: ['x'],
  dtype: 'same',
  compute({ x }, options: PadOptions) {
    const { paddings, mode = 'constant', value } = callOptions('pad', options);
    const checked = checkedPaddings(x.shape, paddings);
    roomFor('pad', paddedShape(x.shape, checked));
    checkMode(mode, value);
    if (mode === 'constant') return padWith(x, { paddings: checked, value: value ?? 0 });
    return checked.reduce((padded, pair, axis) => mirrored(padded, { axis, pair, mode }), x);
  },
  samples: [
    {
      inputs: { x: 'mn' },
      attributes: {
        paddings: [
          [1, 0],
          [0, 2],
        ],
      },
    },
    {
      inputs: { x: 'mn' },
      attributes: {
        paddings: [
          [0, 2],
          [1, 1],
        ],
        value: -1.5,
      },
    },
    {
      inputs: { x: 'mn' },
      attributes: {
        paddings: [
          [2, 1],
          [0, 1],
        ],
        mode: 'reflect',
      },
      sizes: { m: 3, n: 2 },
    },
    {
      inputs: { x: 'mn' },
      attributes: {
        paddings: [
          [3, 1],
          [0, 2],
        ],
        mode: 'symmetric',
      },
      sizes: { m: 3, n: 2 },
    },
    { inputs: { x: 'm' }, attributes: { paddings: [[5, 4]], mode: 'reflect' } },
  ],
});

/** One value around x; its gradient is what lies inside. */
const padWith = defineOp({
  name: 'pad',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }, { paddings }: { readonly paddings: Paddings; readonly value: number }) =>
    paddedShape(x, paddings),
  compute(backend, { x }, { paddings, value }, out) {
    const one = valueOf(x, value);
    backend.copy(windowOn(one, broadcastLayout(one, out.shape)), out);
    const begin = paddings.map(([before]) => before);
    const box = { begin, size: x.shape, step: x.shape.map(() => 1) };
    backend.copy(x, windowOn(out, sliceLayout(out, box)));
  },
  gradient: (dy, { inputs: { x }, attributes: { paddings } }) => ({
    x: (): Tensor => slice(dy, { begin: paddings.map(([before]) => before), size: x.shape }),
  }),
  samples: [],
});

interface Mirror {
  readonly axis: number;
  readonly pair: readonly [before: number, after: number];
  readonly mode: 'reflect' | 'symmetric';
}

function mirrored(x: Tensor, { axis, pair: [before, after], mode }: Mirror): Tensor {
  if (before === 0 && after === 0) return x;
  const size = x.shape[axis]!;
  if (size === 0) {
    throw new ShapeError({
      op: 'pad',
      expected: 'an axis with elements to mirror',
      received: formatShape(x.shape),
      hint: `Axis ${axis} is empty.`,
    });
  }
  // Mirrored again and again, the axis repeats itself: there and back, with its ends once or twice.
  const period = mode === 'reflect' ? Math.max(2 * size - 2, 1) : 2 * size;
  const last = mode === 'reflect' ? period : period - 1;
  const indices = Int32Array.from({ length: before + size + after }, (_, i) => {
    const at = (((i - before) % period) + period) % period;
    return at < size ? at : last - at;
  });
  return gather(x, [...indices], { axis });
}

function paddedShape(x: Shape, paddings: Paddings): Shape {
  return x.map((size, axis) => paddings[axis]![0] + size + paddings[axis]![1]);
}

function checkedPaddings(x: Shape, paddings: unknown): Paddings {
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(paddings) || paddings.length !== x.length || !paddings.every(isPair)) {
    throw new ShapeError({
      op: 'pad',
      expected: `a pair [before, after] for each axis of ${formatShape(x)}`,
      received: inWords(paddings),
    });
  }
  if (!paddings.flat().every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new OptionError({
      op: 'pad',
      expected: 'whole numbers of at least 0',
      received: inWords(paddings),
    });
  }
  return paddings as Paddings;
}

function checkMode(mode: unknown, value: unknown): void {
  if (!modes.some((known) => known === mode)) {
    throw new OptionError({
      op: 'pad',
      expected: `a mode ${modes.map((known) => `'${known}'`).join(' or ')}`,
      received: inWords(mode),
    });
  }
  if (value === undefined || (typeof value === 'number' && mode === 'constant')) return;
  throw new OptionError({
    op: 'pad',
    expected: mode === 'constant' ? 'a number as value' : `no value in mode '${String(mode)}'`,
    received: inWords(value),
  });
}

function valueOf(x: Tensor, value: number): Tensor {
  const one = full([], value, x.dtype);
  if (isFloat(x.dtype) || one.item() === value) return one;
  throw new DTypeError({
    op: 'pad',
    expected: `a value that ${x.dtype} can hold, as x is ${x.dtype}`,
    received: String(value),
  });
}
