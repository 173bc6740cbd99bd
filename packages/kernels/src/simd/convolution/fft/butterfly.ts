import { f32x4, set, type Body, type Local, type MakeLocal } from '../../wasm';
import {
  add,
  addTurned,
  complexLocal,
  scale,
  setComplex,
  subtract,
  subtractTurned,
  type Complex,
  type ComplexLocal,
} from './complex';
import type { Radix } from './length';

/**
 * A Fourier transform of a few elements: out[p] = sum of in[q] exp(-2 pi i p q / radix). `prepare` is
 * done once, `first` before the results are used; of these, each may be used once.
 */
export interface Butterfly {
  readonly inputs: readonly ComplexLocal[];
  readonly prepare: Body;
  readonly first: Body;
  readonly outputs: readonly Complex[];
}

/** C. Van Loan, "Computational frameworks for the fast Fourier transform", 1992, section 2.2. */
export function butterfly(radix: Radix, local: MakeLocal): Butterfly {
  const inputs = Array.from({ length: radix }, (_, i) => complexLocal(local, `in${i}_`));
  const program = new ButterflyProgram(local);
  const outputs = outputsOf(program, inputs);
  return { inputs, outputs, prepare: program.prepare, first: program.first };
}

function outputsOf(program: ButterflyProgram, inputs: readonly ComplexLocal[]): readonly Complex[] {
  const [a, b, c, d, e] = inputs as [ComplexLocal, ComplexLocal, ...Required<ComplexLocal>[]];
  if (e !== undefined) return radix5(program, [a, b, c!, d!, e]);
  if (d !== undefined) return radix4(program, [a, b, c!, d]);
  if (c !== undefined) return radix3(program, [a, b, c]);
  return [add(a, b), subtract(a, b)];
}

/** Holds what is used more than once in local variables. */
class ButterflyProgram {
  readonly prepare: Body[] = [];
  readonly first: Body[] = [];

  constructor(private readonly local: MakeLocal) {}

  hold(value: Complex): ComplexLocal {
    const held = complexLocal(this.local, 'held');
    this.first.push(setComplex(held, value));
    return held;
  }

  constant(value: number): Local<'v128'> {
    const held = this.local('v128', 'constant');
    this.prepare.push(set(held, f32x4.const(value)));
    return held;
  }
}

type Tuple<T, N extends number, R extends T[] = []> = R['length'] extends N
  ? R
  : Tuple<T, N, [...R, T]>;

function radix3(program: ButterflyProgram, [a, b, c]: Tuple<ComplexLocal, 3>): Complex[] {
  const sum = program.hold(add(b, c));
  const middle = program.hold(subtract(a, scale(sum, program.constant(0.5))));
  const turned = program.hold(scale(subtract(b, c), program.constant(Math.sqrt(0.75))));
  return [add(a, sum), subtractTurned(middle, turned), addTurned(middle, turned)];
}

function radix4(program: ButterflyProgram, [a, b, c, d]: Tuple<ComplexLocal, 4>): Complex[] {
  const [evenSum, evenDifference] = [program.hold(add(a, c)), program.hold(subtract(a, c))];
  const [oddSum, oddDifference] = [program.hold(add(b, d)), program.hold(subtract(b, d))];
  return [
    add(evenSum, oddSum),
    subtractTurned(evenDifference, oddDifference),
    subtract(evenSum, oddSum),
    addTurned(evenDifference, oddDifference),
  ];
}

function radix5(program: ButterflyProgram, [a, b, c, d, e]: Tuple<ComplexLocal, 5>): Complex[] {
  const [cosine1, cosine2] = [1, 2].map((k) => program.constant(Math.cos((2 * Math.PI * k) / 5)));
  const [sine1, sine2] = [1, 2].map((k) => program.constant(Math.sin((2 * Math.PI * k) / 5)));
  const [outerSum, outerDifference] = [program.hold(add(b, e)), program.hold(subtract(b, e))];
  const [innerSum, innerDifference] = [program.hold(add(c, d)), program.hold(subtract(c, d))];
  const even = (outer: Local<'v128'>, inner: Local<'v128'>): ComplexLocal =>
    program.hold(add(a, add(scale(outerSum, outer), scale(innerSum, inner))));
  const [even1, even2] = [even(cosine1!, cosine2!), even(cosine2!, cosine1!)];
  const odd1 = program.hold(add(scale(outerDifference, sine1!), scale(innerDifference, sine2!)));
  const odd2 = program.hold(
    subtract(scale(outerDifference, sine2!), scale(innerDifference, sine1!)),
  );
  return [
    add(a, add(outerSum, innerSum)),
    subtractTurned(even1, odd1),
    subtractTurned(even2, odd2),
    addTurned(even2, odd2),
    addTurned(even1, odd1),
  ];
}
