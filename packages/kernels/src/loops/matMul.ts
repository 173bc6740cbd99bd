import { forEachRow, type Layout, type View } from '@gradus/tensor';
import { broadcastView } from '../broadcastView';
import { addProduct, paddedSize } from './gemm';
import { packLines } from './panels';
import { Scratch } from './scratch';
import { storeRows } from './storeRows';

const products = new Scratch();

/** Most elements of a result that are computed before they are converted and stored. */
const chunkElements = 1024 * 1024;

/** See `Backend.matMul`; without an epilogue. */
export function matMul(a: View, b: View, out: View): void {
  const batch = out.shape.slice(0, -2);
  const [m, n] = out.shape.slice(-2) as [number, number];
  const depth = a.shape[a.shape.length - 1]!;
  const left = broadcastView(a, [...batch, m, depth]);
  const right = broadcastView(b, [...batch, depth, n]);
  const layouts = [left, right, out].map((view) => leadingAxes(view, batch.length));
  forEachRow(layouts, (starts, { length, steps }) => {
    for (let i = 0; i < length; i++) {
      const [atA, atB, atOut] = starts.map((start, v) => start + i * steps[v]!);
      multiply(matrixAt(left, atA!), matrixAt(right, atB!), matrixAt(out, atOut!));
    }
  });
}

/** A matrix within a view: its last two axes, from a position on. */
interface Matrix extends Layout {
  readonly data: View['data'];
}

function matrixAt({ data, shape, strides }: View, offset: number): Matrix {
  return { data, shape: shape.slice(-2), strides: strides.slice(-2), offset };
}

function leadingAxes({ shape, strides, offset }: Layout, count: number): Layout {
  return { shape: shape.slice(0, count), strides: strides.slice(0, count), offset };
}

function multiply(a: Matrix, b: Matrix, out: Matrix): void {
  const [m, depth] = a.shape as [number, number];
  const n = b.shape[1]!;
  const rowStep = paddedSize(n);
  const packColumns = packLines({
    data: b.data,
    start: b.offset,
    count: n,
    lineStep: b.strides[1]!,
    step: b.strides[0]!,
    length: depth,
  });
  const chunk = Math.max(1, Math.floor(chunkElements / rowStep));
  for (let row = 0; row < m; row += chunk) {
    const rows = Math.min(chunk, m - row);
    const packRows = packLines({
      data: a.data,
      start: a.offset + row * a.strides[0]!,
      count: rows,
      lineStep: a.strides[0]!,
      step: a.strides[1]!,
      length: depth,
    });
    const product = products.zeros(paddedSize(rows) * rowStep);
    addProduct({ m: rows, n, depth, packRows, packColumns }, product);
    storeRows({ data: product, rowStep, rows, columns: n }, out.data, out.offset + row * n, n);
  }
}
