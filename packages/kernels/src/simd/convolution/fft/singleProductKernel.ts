import { defineFunction, increase, repeat, set, type WasmFunction } from '../../wasm';
import { butterfly } from './butterfly';
import { clearAround } from './columnsKernel';
import { complexLocal, multiplyConjugate, setComplex } from './complex';
import { passesOf } from './length';
import { blockPitch } from './spectrum';
import { elementBytes, loadElement, storeElement } from './element';
import { transform } from './transform';

/**
 * `convolveColumns(x, filter, y, from, to, twiddles)`: what `convolveColumnsKernel` does, for one channel
 * and one filter and in place: y is x. The last pass forward, the product and the first pass back are
 * one.
 */
export function convolveSingleKernel(height: number, width: number): WasmFunction {
  const parameters = {
    x: 'i32',
    filter: 'i32',
    y: 'i32',
    from: 'i32',
    to: 'i32',
    twiddles: 'i32',
  } as const;
  return defineFunction('convolveColumns', parameters, (p, local) => {
    const { x, filter, twiddles } = p;
    const signals = { length: height, start: x, twiddles };
    const passes = passesOf(height).slice(0, -1);
    const [at, weight] = [local('i32', 'at'), local('i32', 'weight')];
    const [there, back] = [butterfly(4, local, twiddles), butterfly(4, local, twiddles)];
    const [value, factor] = [complexLocal(local, 'value'), complexLocal(local, 'factor')];
    return repeat(local('i32', 'blocks'), width / 4, [
      clearAround(x, height, p),
      transform(local, signals, 'forward', passes),
      [set(at, x), set(weight, filter)],
      repeat(local('i32', 'left'), height / 4, [
        there.inputs.map((input, i) =>
          setComplex(input, loadElement(at, 'forward', elementBytes * i)),
        ),
        there.first,
        back.inputs.map((input, i) => [
          setComplex(value, there.outputs[i]!),
          setComplex(factor, loadElement(weight, 'forward', elementBytes * i)),
          // The way back takes its parts exchanged.
          setComplex({ re: input.im, im: input.re }, multiplyConjugate(value, factor)),
        ]),
        back.first,
        back.outputs.map((output, i) => storeElement(at, output, 'inverse', elementBytes * i)),
        [increase(at, 4 * elementBytes), increase(weight, 4 * elementBytes)],
      ]),
      transform(local, signals, 'inverse', passes),
      [x, filter].map((pointer) => increase(pointer, blockPitch(height))),
    ]);
  });
}
