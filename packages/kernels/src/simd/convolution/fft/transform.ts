import { i32, increase, repeat, set, type Body, type Local, type MakeLocal } from '../../wasm';
import { butterfly, type Butterfly } from './butterfly';
import { complexLocal, multiply, setComplex } from './complex';
import { elementBytes, loadElement, storeElement, type Direction } from './element';
import type { Pass } from './length';
import { loadTwiddle, twiddleOffset } from './twiddles';

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
  const small = butterfly(radix, local, twiddles);
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
            setComplex(factor, loadTwiddle(factors, i)),
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
            setComplex(factor, loadTwiddle(factors, i)),
            setComplex(input, multiply(value, factor)),
          ],
    ),
    first,
    outputs.map((output, i) => storeElement(at, output, 'inverse', offset(i))),
  ];
}
