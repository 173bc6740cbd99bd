import {
  defineFunction,
  f32,
  i32,
  increase,
  repeat,
  set,
  v128,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../../wasm';
import { butterfly, type Butterfly } from './butterfly';
import { complexLocal, multiply, setComplex, type Complex, type ComplexLocal } from './complex';
import { passesOf, type Pass } from './length';

/** Bytes of an element: the real parts of four signals, then their imaginary parts. */
export const elementBytes = 32;

/**
 * Which way a transform goes. Forward: from signals to spectra, whose frequencies stand in the order in
 * which decimation in frequency leaves them. Inverse: from such spectra to signals, times the length,
 * by decimation in time. So nothing is ever put in order: a product of spectra asks for none.
 */
export type Direction = 'forward' | 'inverse';

/**
 * Where the parts of a complex number lie in an element. With the parts exchanged, z is i times its
 * conjugate; so the same butterflies and twiddle factors do the inverse transform.
 */
export function partsOf(direction: Direction) {
  return direction === 'forward' ? { re: 0, im: 16 } : { re: 16, im: 0 };
}

export function loadElement(at: Local<'i32'>, direction: Direction, offset = 0): Complex {
  const { re, im } = partsOf(direction);
  return { re: v128.load(at, offset + re), im: v128.load(at, offset + im) };
}

export function storeElement(
  at: Local<'i32'>,
  value: Complex,
  direction: Direction,
  offset = 0,
): Body {
  const { re, im } = partsOf(direction);
  return [v128.store(at, value.re, offset + re), v128.store(at, value.im, offset + im)];
}

/** Four signals in memory, element by element, and the twiddle factors for their length. */
export interface Signals {
  readonly length: number;
  readonly start: Local<'i32'>;
  readonly twiddles: Local<'i32'>;
}

/** Transforms four signals where they lie, by the given passes of all those of their length. */
export function transform(
  local: MakeLocal,
  signals: Signals,
  direction: Direction,
  passes: readonly Pass[],
): Body {
  const inOrder = direction === 'forward' ? passes : passes.toReversed();
  return inOrder.map((pass) => transformPass(local, signals, direction, pass));
}

function transformPass(
  local: MakeLocal,
  { length, start, twiddles }: Signals,
  direction: Direction,
  pass: Pass,
): Body {
  const { radix, step, blocks } = pass;
  const [at, factors] = [local('i32', 'at'), local('i32', 'factors')];
  const [block, turn] = [local('i32', 'block'), local('i32', 'turn')];
  const small = butterfly(radix, local);
  if (step === 1) {
    return [
      small.prepare,
      set(at, start),
      repeat(block, blocks, [
        withoutTwiddles(small, at, direction),
        increase(at, elementBytes * radix),
      ]),
    ];
  }
  const place = { at, step, factors };
  return [
    small.prepare,
    set(at, start),
    repeat(block, blocks, [
      set(factors, i32.add(twiddles, twiddleOffset(length, pass))),
      repeat(turn, step, [
        direction === 'forward'
          ? butterflyThenTwiddles(local, small, place)
          : twiddlesThenButterfly(local, small, place),
        increase(at, elementBytes),
        increase(factors, 8 * (radix - 1)),
      ]),
      increase(at, elementBytes * (radix - 1) * step),
    ]),
  ];
}

function withoutTwiddles(
  { inputs, first, outputs }: Butterfly,
  at: Local<'i32'>,
  direction: Direction,
): Body {
  return [
    inputs.map((input, i) => setComplex(input, loadElement(at, direction, elementBytes * i))),
    first,
    outputs.map((output, i) => storeElement(at, output, direction, elementBytes * i)),
  ];
}

interface Place {
  /** The first element; the others follow `step` elements apart. */
  readonly at: Local<'i32'>;
  readonly step: number;
  readonly factors: Local<'i32'>;
}

function butterflyThenTwiddles(
  local: MakeLocal,
  { inputs, first, outputs }: Butterfly,
  { at, step, factors }: Place,
): Body {
  const [value, factor] = [complexLocal(local, 'value'), complexLocal(local, 'factor')];
  const offset = (i: number): number => elementBytes * step * i;
  return [
    inputs.map((input, i) => setComplex(input, loadElement(at, 'forward', offset(i)))),
    first,
    outputs.map((output, i) =>
      i === 0
        ? storeElement(at, output, 'forward')
        : [
            setComplex(value, output),
            setComplex(factor, twiddle(factors, i)),
            storeElement(at, multiply(value, factor), 'forward', offset(i)),
          ],
    ),
  ];
}

function twiddlesThenButterfly(
  local: MakeLocal,
  { inputs, first, outputs }: Butterfly,
  { at, step, factors }: Place,
): Body {
  const [value, factor] = [complexLocal(local, 'value'), complexLocal(local, 'factor')];
  const offset = (i: number): number => elementBytes * step * i;
  return [
    inputs.map((input, i) =>
      i === 0
        ? setComplex(input, loadElement(at, 'inverse'))
        : [
            setComplex(value, loadElement(at, 'inverse', offset(i))),
            setComplex(factor, twiddle(factors, i)),
            setComplex(input, multiply(value, factor)),
          ],
    ),
    first,
    outputs.map((output, i) => storeElement(at, output, 'inverse', offset(i))),
  ];
}

/** The factor of element i of a butterfly, for all four signals. */
function twiddle(factors: Local<'i32'>, i: number): Complex {
  const offset = 8 * (i - 1);
  return { re: v128.load32Splat(factors, offset), im: v128.load32Splat(factors, offset + 4) };
}

/** Bytes of the table of twiddle factors for signals of a length. */
export function twiddleBytes(length: number): number {
  return passesOf(length).reduce((sum, pass) => sum + passTwiddleBytes(pass), 0);
}

function passTwiddleBytes({ radix, step }: Pass): number {
  return 8 * (radix - 1) * step;
}

function twiddleOffset(length: number, pass: Pass): number {
  return passesOf(length)
    .filter(({ step }) => step > pass.step)
    .reduce((sum, earlier) => sum + passTwiddleBytes(earlier), 0);
}

/**
 * `writeTwiddles(to)`: the twiddle factors exp(-2 pi i j p / (radix step)) for signals of a length, pass
 * by pass, for each j < step those of the elements p = 1, 2, ... of a butterfly. They are computed in
 * double precision, here, and become constants of the function.
 */
export function twiddlesKernel(length: number): WasmFunction {
  const table = passesOf(length).flatMap(({ radix, step }) =>
    Array.from({ length: step }, (_, j) =>
      Array.from({ length: radix - 1 }, (_, i) => (-2 * Math.PI * j * (i + 1)) / (radix * step)),
    ).flat(),
  );
  return defineFunction('writeTwiddles', { to: 'i32' }, ({ to }) =>
    table.map((angle, i) => [
      f32.store(to, f32.const(Math.cos(angle)), 8 * i),
      f32.store(to, f32.const(Math.sin(angle)), 8 * i + 4),
    ]),
  );
}
