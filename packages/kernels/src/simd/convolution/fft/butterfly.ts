import { set, v128, type Body, type Local, type MakeLocal } from '../../wasm';
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

const half = 0.5;
const sine3 = Math.sqrt(0.75);
const cosines5 = [1, 2].map((k) => Math.cos((2 * Math.PI * k) / 5));
const sines5 = [1, 2].map((k) => Math.sin((2 * Math.PI * k) / 5));

/**
 * The numbers that butterflies multiply by. They are read from memory: V8 makes a vector constant anew,
 * in several instructions, wherever it is used; with radix 5 that doubled the time of a pass.
 */
export const butterflyConstants: readonly number[] = [half, sine3, ...cosines5, ...sines5];

/**
 * The butterfly of a radix: C. Van Loan, "Computational frameworks for the fast Fourier transform",
 * 1992, chapter 2.
 * @param constants where `butterflyConstants` lie.
 */
export function butterfly(radix: Radix, local: MakeLocal, constants: Local<'i32'>): Butterfly {
  const program = new ButterflyProgram(local, constants);
  const outputs = outputsOf[radix](program);
  const { inputs, prepare, first } = program;
  return { inputs, prepare, first, outputs };
}

const outputsOf: Readonly<Record<Radix, (program: ButterflyProgram) => readonly Complex[]>> = {
  2: radix2,
  3: radix3,
  4: radix4,
  5: radix5,
};

/** Makes the local variables of a butterfly. */
class ButterflyProgram {
  readonly inputs: ComplexLocal[] = [];
  readonly prepare: Body[] = [];
  readonly first: Body[] = [];

  constructor(
    private readonly local: MakeLocal,
    private readonly constants: Local<'i32'>,
  ) {}

  input(): ComplexLocal {
    const input = complexLocal(this.local, `input${this.inputs.length}_`);
    this.inputs.push(input);
    return input;
  }

  /** Keeps what is used more than once. */
  hold(value: Complex): ComplexLocal {
    const held = complexLocal(this.local, 'held');
    this.first.push(setComplex(held, value));
    return held;
  }

  constant(value: number): Local<'v128'> {
    const held = this.local('v128', 'constant');
    this.prepare.push(
      set(held, v128.load32Splat(this.constants, 4 * butterflyConstants.indexOf(value))),
    );
    return held;
  }
}

function radix2(program: ButterflyProgram): Complex[] {
  const [a, b] = [program.input(), program.input()];
  return [add(a, b), subtract(a, b)];
}

function radix3(program: ButterflyProgram): Complex[] {
  const [a, b, c] = [program.input(), program.input(), program.input()];
  const sum = program.hold(add(b, c));
  const middle = program.hold(subtract(a, scale(sum, program.constant(half))));
  const turned = program.hold(scale(subtract(b, c), program.constant(sine3)));
  return [add(a, sum), subtractTurned(middle, turned), addTurned(middle, turned)];
}

function radix4(program: ButterflyProgram): Complex[] {
  const [a, b, c, d] = [program.input(), program.input(), program.input(), program.input()];
  const [evenSum, evenDifference] = [program.hold(add(a, c)), program.hold(subtract(a, c))];
  const [oddSum, oddDifference] = [program.hold(add(b, d)), program.hold(subtract(b, d))];
  return [
    add(evenSum, oddSum),
    subtractTurned(evenDifference, oddDifference),
    subtract(evenSum, oddSum),
    addTurned(evenDifference, oddDifference),
  ];
}

function radix5(program: ButterflyProgram): Complex[] {
  const [a, b, c, d, e] = [
    program.input(),
    program.input(),
    program.input(),
    program.input(),
    program.input(),
  ];
  const [cosine1, cosine2] = cosines5.map((value) => program.constant(value));
  const [sine1, sine2] = sines5.map((value) => program.constant(value));
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
