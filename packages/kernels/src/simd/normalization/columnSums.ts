import type { View } from '@gradus/tensor';
import type { KernelContext } from '../context';
import { columnsAtOnce, type Columns } from './columns';
import { columnSumsKernel, type SumsKind } from './columnSumsKernel';

/** Numbers of an operand in a block: as many as a first cache holds with another operand. */
const blockNumbers = 4096;

/** For each channel, a sum of numbers and a sum of products. */
export interface ChannelSums {
  readonly numbers: Float64Array;
  readonly products: Float64Array;
}

/** The sums over x of c = x - shift and c^2. */
export function momentSums(
  context: KernelContext,
  x: View,
  shifts: ArrayLike<number>,
  columns: Columns,
): ChannelSums {
  const at = context.work.rowMajor(x);
  return sumsOf(context, 'moments', { x: at, dy: at, shifts }, columns);
}

/** The sums over dy and x of dy and dy (x - shift). */
export function gradientSums(
  context: KernelContext,
  [dy, x]: readonly [View, View],
  shifts: ArrayLike<number>,
  columns: Columns,
): ChannelSums {
  const [dyAt, at] = [context.work.rowMajor(dy), context.work.rowMajor(x)];
  return sumsOf(context, 'gradient', { x: at, dy: dyAt, shifts }, columns);
}

interface Operands {
  /** Addresses. */
  readonly x: number;
  readonly dy: number;
  /** A number for each channel. */
  readonly shifts: ArrayLike<number>;
}

function sumsOf(
  context: KernelContext,
  kind: SumsKind,
  operands: Operands,
  columns: Columns,
): ChannelSums {
  const sums = fullRows(context, kind, operands, columns);
  const { channels, width, rest, rows } = columns;
  const { x, dy, shifts } = operands;
  const offset = 4 * rows * width;
  const [slopes, last] = [dy, x].map((at) => context.work.floats(at + offset, rest)) as [
    Float32Array,
    Float32Array,
  ];
  last.forEach((number, i) => {
    const channel = i % channels;
    const centred = number - shifts[channel]!;
    const summand = kind === 'moments' ? centred : slopes[i]!;
    sums.numbers[channel]! += summand;
    sums.products[channel]! += summand * centred;
  });
  return sums;
}

/** The sums over all full rows, block by block, so that all columns of a block find it in the cache. */
function fullRows(
  { kernels, work }: KernelContext,
  kind: SumsKind,
  { x, dy, shifts }: Operands,
  { channels, width, padded, rows }: Columns,
): ChannelSums {
  const { run } = kernels.get(`column sums ${kind}`, () => [columnSumsKernel(kind)]);
  const [address, table] = [work.scratch(16 * padded), work.scratch(4 * padded)];
  const shiftTable = work.floats(table, padded);
  for (let column = 0; column < padded; column++) shiftTable[column] = shifts[column % channels]!;
  work.clear(address, 4 * padded);
  const perBlock = Math.max(8, Math.floor(blockNumbers / width));
  for (let row = 0; row < rows; row += perBlock) {
    const offset = 4 * row * width;
    const count = Math.min(perBlock, rows - row);
    run!(x + offset, dy + offset, table, address, count, 4 * width, padded / columnsAtOnce);
  }
  const { buffer, byteOffset } = work.floats(address, 4 * padded);
  const found = new Float64Array(buffer, byteOffset, 2 * padded);
  const [numbers, products] = [new Float64Array(channels), new Float64Array(channels)];
  for (let column = 0; column < width; column++) {
    // Four sums of numbers, four of products, and so on.
    const place = 2 * column - (column % 4);
    numbers[column % channels]! += found[place]!;
    products[column % channels]! += found[place + 4]!;
  }
  return { numbers, products };
}
