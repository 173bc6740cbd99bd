import { defineFunction, increase, repeat, set, v128, type WasmFunction } from '../../wasm';
import { butterfly } from './butterfly';
import { complexLocal, setComplex } from './complex';
import { passesOf } from './length';
import { elementBytes, loadElement, partsOf, storeElement } from './element';
import { transform } from './transform';
import { transpose } from './transpose';

const parameters = {
  re: 'i32',
  im: 'i32',
  spectrum: 'i32',
  groups: 'i32',
  pitch: 'i32',
  buffer: 'i32',
  twiddles: 'i32',
} as const;

const four = [0, 1, 2, 3] as const;
const parts = ['re', 'im'] as const;

/**
 * `forwardRows(re, im, spectrum, groups, pitch, buffer, twiddles)`: transforms the rows of two real
 * planes, taken together as the parts of a complex one, in groups of four rows. A group is turned on
 * its side into the buffer, so that an element holds one number of each row; it is transformed there,
 * and turned back with the last pass. The result lies in blocks of four columns, `pitch` bytes apart,
 * and within a block row by row, the four real parts of a row before its four imaginary parts.
 */
export function forwardRowsKernel(length: number): WasmFunction {
  return defineFunction('forwardRows', parameters, (p, local) => {
    const { spectrum, groups, pitch, buffer, twiddles } = p;
    const [group, column] = [local('i32', 'group'), local('i32', 'column')];
    const [at, block] = [local('i32', 'at'), local('i32', 'block')];
    const { inputs, first, outputs } = butterfly(4, local, twiddles);
    const elements = four.map((i) => complexLocal(local, `element${i}_`));
    const offsets = partsOf('forward');
    return repeat(group, groups, [
      set(at, buffer),
      repeat(column, length / 4, [
        parts.map((part) => {
          const rows = four.map((row) => v128.load(p[part], 4 * length * row));
          return transpose(local, rows, (values, i) =>
            v128.store(at, values, elementBytes * i + offsets[part]),
          );
        }),
        [increase(p.re, 16), increase(p.im, 16), increase(at, 4 * elementBytes)],
      ]),
      transform(
        local,
        { length, start: buffer, twiddles },
        'forward',
        passesOf(length).slice(0, -1),
      ),
      [set(at, buffer), set(block, spectrum)],
      repeat(column, length / 4, [
        inputs.map((input, i) => setComplex(input, loadElement(at, 'forward', elementBytes * i))),
        first,
        elements.map((element, i) => setComplex(element, outputs[i]!)),
        parts.map((part) => {
          const columns = elements.map((element) => element[part]);
          return transpose(local, columns, (values, i) =>
            v128.store(block, values, elementBytes * i + offsets[part]),
          );
        }),
        [increase(at, 4 * elementBytes), increase(block, pitch)],
      ]),
      [increase(p.re, 12 * length), increase(p.im, 12 * length)],
      increase(spectrum, 4 * elementBytes),
    ]);
  });
}

/**
 * `inverseRows(re, im, spectrum, groups, pitch, buffer, twiddles)`: the way back, from rows of a
 * spectrum to rows of two real planes, `length` times as large.
 */
export function inverseRowsKernel(length: number): WasmFunction {
  return defineFunction('inverseRows', parameters, (p, local) => {
    const { spectrum, groups, pitch, buffer, twiddles } = p;
    const [group, column] = [local('i32', 'group'), local('i32', 'column')];
    const [at, block] = [local('i32', 'at'), local('i32', 'block')];
    const { inputs, first, outputs } = butterfly(4, local, twiddles);
    const offsets = partsOf('inverse');
    return repeat(group, groups, [
      [set(at, buffer), set(block, spectrum)],
      repeat(column, length / 4, [
        parts.map((part) => {
          const rows = four.map((i) => v128.load(block, elementBytes * i + offsets[part]));
          return transpose(local, rows, (values, i) => set(inputs[i]![part], values));
        }),
        first,
        outputs.map((output, i) => storeElement(at, output, 'inverse', elementBytes * i)),
        [increase(at, 4 * elementBytes), increase(block, pitch)],
      ]),
      transform(
        local,
        { length, start: buffer, twiddles },
        'inverse',
        passesOf(length).slice(0, -1),
      ),
      set(at, buffer),
      repeat(column, length / 4, [
        parts.map((part) => {
          const columns = four.map((i) =>
            v128.load(at, elementBytes * i + partsOf('forward')[part]),
          );
          return transpose(local, columns, (values, row) =>
            v128.store(p[part], values, 4 * length * row),
          );
        }),
        [increase(p.re, 16), increase(p.im, 16), increase(at, 4 * elementBytes)],
      ]),
      [increase(p.re, 12 * length), increase(p.im, 12 * length)],
      increase(spectrum, 4 * elementBytes),
    ]);
  });
}
