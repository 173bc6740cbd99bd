import {
  defineFunction,
  f32,
  i32,
  increase,
  makeLocals,
  repeat,
  repeatWhile,
  set,
  v128,
  when,
  type Body,
  type Local,
  type MakeLocal,
  type WasmFunction,
} from '../wasm';
import { fourByFour } from '../fourByFour';

/** Which numbers lie next to each other in memory: those of one line, or of neighbouring lines. */
export type Contiguous = 'elements' | 'lines' | 'neither';

/**
 * `pack(from, lineStep, elementStep, lines, length, to)`: rearranges the lines (rows of a, columns of
 * b) of a matrix into panels of `width` lines, interleaved element by element, steps in bytes. The
 * last panel is filled up with zeros. So the product reads both operands from one end to the other.
 */
export function packKernel(width: number, contiguous: Contiguous): WasmFunction {
  const parameters = {
    from: 'i32',
    lineStep: 'i32',
    elementStep: 'i32',
    lines: 'i32',
    length: 'i32',
    to: 'i32',
  } as const;
  return defineFunction('pack', parameters, (p, local) => {
    const left = local('i32', 'left');
    const at = makeLocals(local, 'i32', 'line', width);
    const pointAtLines = at.map((line, i) =>
      set(line, i === 0 ? p.from : i32.add(at[i - 1]!, p.lineStep)),
    );
    const onward = (elements: number): Body => [
      at.map((line) => increase(line, i32.mul(p.elementStep, elements))),
      increase(p.to, 4 * width * elements),
    ];
    const oneByOne: Body = [at.map((line, i) => f32.store(p.to, f32.load(line), 4 * i)), onward(1)];
    const partly: Body = [
      at.map((line, i) => [
        f32.store(p.to, f32.const(0), 4 * i),
        when(i32.gtS(p.lines, i), f32.store(p.to, f32.load(line), 4 * i)),
      ]),
      onward(1),
    ];
    const whole: Record<Contiguous, Body> = {
      elements: [
        repeatWhile(i32.geS(left, 4), [
          transposedFours(at, p.to, local),
          at.map((line) => increase(line, 16)),
          increase(p.to, 16 * width),
          increase(left, -4),
        ]),
        repeatWhile(left, [oneByOne, increase(left, -1)]),
      ],
      lines: repeat(left, p.length, [
        Array.from({ length: width / 4 }, (_, v) =>
          v128.store(p.to, v128.load(at[0]!, 16 * v), 16 * v),
        ),
        increase(at[0]!, p.elementStep),
        increase(p.to, 4 * width),
      ]),
      neither: repeat(left, p.length, oneByOne),
    };
    return repeatWhile(i32.gtS(p.lines, 0), [
      pointAtLines,
      set(left, p.length),
      when(i32.geS(p.lines, width), whole[contiguous], repeat(left, p.length, partly)),
      increase(p.from, i32.mul(p.lineStep, width)),
      increase(p.lines, -width),
    ]);
  });
}

/** Four elements of every line, as four times one element of every line. */
function transposedFours(at: readonly Local<'i32'>[], to: Local<'i32'>, local: MakeLocal): Body {
  const { rows, turn, columns } = fourByFour(local);
  const width = at.length;
  return Array.from({ length: width / 4 }, (_, group) => [
    rows.map((row, i) => set(row, v128.load(at[4 * group + i]!))),
    turn,
    columns.map((column, element) => v128.store(to, column, 4 * width * element + 16 * group)),
  ]);
}
