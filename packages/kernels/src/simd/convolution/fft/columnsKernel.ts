import {
  defineFunction,
  f32x4,
  i32,
  increase,
  memory,
  repeat,
  set,
  v128,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../../wasm';
import { butterfly } from './butterfly';
import { add, complexLocal, multiplyConjugate, setComplex } from './complex';
import { passesOf } from './length';
import { elementBytes, loadElement, storeElement, transform } from './transform';

/**
 * Bytes from one block of four columns to the next. Not a power of two, so that a row of blocks does
 * not fall into the same few sets of the caches.
 */
export function blockPitch(length: number): number {
  return elementBytes * length + 64;
}

/** Bytes of the spectrum of a plane. */
export function spectrumBytes(height: number, width: number): number {
  return (width / 4) * blockPitch(height);
}

/** `forwardColumns(at, blocks, from, to, twiddles)`: rows before `from` and from `to` on are 0. */
export function forwardColumnsKernel(length: number): WasmFunction {
  const parameters = { at: 'i32', blocks: 'i32', from: 'i32', to: 'i32', twiddles: 'i32' } as const;
  return defineFunction('forwardColumns', parameters, ({ at, blocks, from, to, twiddles }, local) =>
    repeat(blocks, blocks, [
      clearAround(at, length, { from, to }),
      transform(local, { length, start: at, twiddles }, 'forward', passesOf(length)),
      increase(at, blockPitch(length)),
    ]),
  );
}

/** `inverseColumns(at, blocks, twiddles)`. */
export function inverseColumnsKernel(length: number): WasmFunction {
  const parameters = { at: 'i32', blocks: 'i32', twiddles: 'i32' } as const;
  return defineFunction('inverseColumns', parameters, ({ at, blocks, twiddles }, local) =>
    repeat(blocks, blocks, [
      transform(local, { length, start: at, twiddles }, 'inverse', passesOf(length)),
      increase(at, blockPitch(length)),
    ]),
  );
}

/** `convolveColumns(at, kernel, blocks, from, to, twiddles)` */
export function convolveColumnsKernel(length: number): WasmFunction {
  const parameters = {
    at: 'i32',
    kernel: 'i32',
    blocks: 'i32',
    from: 'i32',
    to: 'i32',
    twiddles: 'i32',
  } as const;
  return defineFunction(
    'convolveColumns',
    parameters,
    ({ at, kernel, blocks, from, to, twiddles }, local) => {
      const signals = { length, start: at, twiddles };
      const passes = passesOf(length).slice(0, -1);
      const [element, weight, left] = [
        local('i32', 'element'),
        local('i32', 'weight'),
        local('i32', 'left'),
      ];
      const there = butterfly(4, local);
      const back = butterfly(4, local);
      const [value, factor] = [complexLocal(local, 'value'), complexLocal(local, 'factor')];
      return repeat(blocks, blocks, [
        clearAround(at, length, { from, to }),
        transform(local, signals, 'forward', passes),
        set(element, at),
        set(weight, kernel),
        repeat(left, length / 4, [
          there.inputs.map((input, i) =>
            setComplex(input, loadElement(element, 'forward', elementBytes * i)),
          ),
          there.first,
          back.inputs.map((input, i) => [
            setComplex(value, there.outputs[i]!),
            setComplex(factor, loadElement(weight, 'forward', elementBytes * i)),
            setComplex({ re: input.im, im: input.re }, multiplyConjugate(value, factor)),
          ]),
          back.first,
          back.outputs.map((output, i) =>
            storeElement(element, output, 'inverse', elementBytes * i),
          ),
          increase(element, 4 * elementBytes),
          increase(weight, 4 * elementBytes),
        ]),
        transform(local, signals, 'inverse', passes),
        increase(at, blockPitch(length)),
        increase(kernel, blockPitch(length)),
      ]);
    },
  );
}

function clearAround(
  at: Local<'i32'>,
  length: number,
  { from, to }: { readonly from: Local<'i32'>; readonly to: Local<'i32'> },
): Body {
  return [
    memory.fill(at, 0, i32.mul(from, elementBytes)),
    memory.fill(
      i32.add(at, i32.mul(to, elementBytes)),
      0,
      i32.sub(elementBytes * length, i32.mul(to, elementBytes)),
    ),
  ];
}
