import {
  defineFunction,
  increase,
  repeat,
  set,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../../wasm';
import { clearAround, type Range } from './columnsKernel';
import { add, complexLocal, multiplyConjugate, setComplex } from './complex';
import { passesOf } from './length';
import { blockPitch, spectrumBytes } from './spectrum';
import { elementBytes, loadElement, storeElement } from './element';
import { transform } from './transform';

/** Products of spectra of so many channels, in planes of one size. */
export interface SpectrumProducts {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly filters: number;
}

/**
 * `convolveColumns(x, filter, y, from, to, twiddles)`: transforms the columns of x [channels], whose
 * rows before `from` and from `to` on count as 0; multiplies them by the conjugates of the spectra
 * filter [filters, channels], which makes a correlation; sums over channels; transforms the columns of
 * the result y [filters] back. All for one block of four columns after the other, which stay in the
 * first-level cache.
 */
export function convolveColumnsKernel(columns: SpectrumProducts): WasmFunction {
  const { height, width, channels, filters } = columns;
  const parameters = {
    x: 'i32',
    filter: 'i32',
    y: 'i32',
    from: 'i32',
    to: 'i32',
    twiddles: 'i32',
  } as const;
  return defineFunction('convolveColumns', parameters, (p, local) => {
    const { x, filter, y, twiddles } = p;
    const bytes = spectrumBytes(height, width);
    const [at, weight] = [local('i32', 'at'), local('i32', 'weight')];
    const [to, left] = [local('i32', 'to'), local('i32', 'left')];
    const product = (accumulate: boolean): Body => [
      addProducts(local, { a: at, b: weight, to, count: height, accumulate }),
      [increase(at, bytes), increase(weight, bytes)],
    ];
    const signals = { length: height, start: to, twiddles };
    return repeat(local('i32', 'blocks'), width / 4, [
      set(at, x),
      repeat(left, channels, [
        clearAround(at, height, p),
        transform(local, { ...signals, start: at }, 'forward', passesOf(height)),
        increase(at, bytes),
      ]),
      [set(weight, filter), set(to, y)],
      repeat(left, filters, [
        set(at, x),
        product(false),
        channels > 1 ? repeat(local('i32', 'channelsLeft'), channels - 1, product(true)) : [],
        transform(local, signals, 'inverse', passesOf(height)),
        increase(to, bytes),
      ]),
      [x, filter, y].map((pointer) => increase(pointer, blockPitch(height))),
    ]);
  });
}

/**
 * `correlateColumns(x, dy, sums, xFrom, xTo, dyFrom, dyTo, twiddles)`: transforms the columns of
 * x [channels] and dy [filters], and adds the products of x with the conjugates of dy to the
 * spectra sums [filters, channels].
 */
export function correlateColumnsKernel(columns: SpectrumProducts): WasmFunction {
  const { height, width, channels, filters } = columns;
  const parameters = {
    x: 'i32',
    dy: 'i32',
    sums: 'i32',
    xFrom: 'i32',
    xTo: 'i32',
    dyFrom: 'i32',
    dyTo: 'i32',
    twiddles: 'i32',
  } as const;
  return defineFunction('correlateColumns', parameters, (p, local) => {
    const { x, dy, sums, twiddles } = p;
    const bytes = spectrumBytes(height, width);
    const [at, slope, to] = [local('i32', 'at'), local('i32', 'slope'), local('i32', 'to')];
    const [left, channelsLeft] = [local('i32', 'left'), local('i32', 'channelsLeft')];
    const signals = { length: height, start: at, twiddles };
    const forward = (count: number, range: Range): Body =>
      repeat(left, count, [
        clearAround(at, height, range),
        transform(local, signals, 'forward', passesOf(height)),
        increase(at, bytes),
      ]);
    return repeat(local('i32', 'blocks'), width / 4, [
      [set(at, x), forward(channels, { from: p.xFrom, to: p.xTo })],
      [set(at, dy), forward(filters, { from: p.dyFrom, to: p.dyTo })],
      [set(slope, dy), set(to, sums)],
      repeat(left, filters, [
        set(at, x),
        repeat(channelsLeft, channels, [
          addProducts(local, { a: at, b: slope, to, count: height, accumulate: true }),
          [increase(at, bytes), increase(to, bytes)],
        ]),
        increase(slope, bytes),
      ]),
      [x, dy, sums].map((pointer) => increase(pointer, blockPitch(height))),
    ]);
  });
}

interface Products {
  readonly a: Local<'i32'>;
  readonly b: Local<'i32'>;
  readonly to: Local<'i32'>;
  readonly count: number;
  readonly accumulate: boolean;
}

/** Writes, or adds, the products of the elements at a with the conjugates of those at b. */
function addProducts(local: MakeLocal, { a, b, to, count, accumulate }: Products): Body {
  const pointers = [a, b, to];
  const at = pointers.map((_, i) => local('i32', `element${i}_`)) as [
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
  ];
  const [value, factor] = [complexLocal(local, 'value'), complexLocal(local, 'factor')];
  const product = multiplyConjugate(value, factor);
  return [
    at.map((pointer, i) => set(pointer, pointers[i]!)),
    repeat(local('i32', 'elements'), count, [
      setComplex(value, loadElement(at[0], 'forward')),
      setComplex(factor, loadElement(at[1], 'forward')),
      storeElement(
        at[2],
        accumulate ? add(loadElement(at[2], 'forward'), product) : product,
        'forward',
      ),
      at.map((pointer) => increase(pointer, elementBytes)),
    ]),
  ];
}
