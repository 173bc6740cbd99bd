import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import type { NdArray } from 'ndarray';
import ops from 'ndarray-ops';
import type { BinaryKernel, CompareKernel, UnaryKernel } from '../backend';
import { broadcastView } from '../broadcastView';
import { roundHalfToEven } from '../roundHalfToEven';
import { erf } from './erf';
import { indices } from './indices';

type Unary = (out: NdArray, x: NdArray) => void;
type Binary = (out: NdArray, a: NdArray, b: NdArray) => void;

const unary: { readonly [K in UnaryKernel]: Unary } = {
  neg: ops.neg,
  abs: ops.abs,
  sign: eachElement(Math.sign),
  square: (out, x) => ops.mul(out, x, x),
  sqrt: ops.sqrt,
  exp: ops.exp,
  log: ops.log,
  relu: (out, x) => ops.maxs(out, x, 0),
  sigmoid: eachElement((x) => 1 / (1 + Math.exp(-x))),
  softplus: eachElement((x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)))),
  tanh: eachElement(Math.tanh),
  erf: eachElement(erf),
  floor: ops.floor,
  ceil: ops.ceil,
  round: eachElement(roundHalfToEven),
  sin: ops.sin,
  cos: ops.cos,
  tan: ops.tan,
  asin: ops.asin,
  acos: ops.acos,
  atan: ops.atan,
  sinh: eachElement(Math.sinh),
  cosh: eachElement(Math.cosh),
  asinh: eachElement(Math.asinh),
  acosh: eachElement(Math.acosh),
  atanh: eachElement(Math.atanh),
};

const binary: { readonly [K in BinaryKernel]: Binary } = {
  add: ops.add,
  sub: ops.sub,
  mul: ops.mul,
  div: ops.div,
  minimum: eachPair(Math.min),
  maximum: eachPair(Math.max),
  pow: eachPair(Math.pow),
  atan2: eachPair(Math.atan2),
  reluGradient: eachPair((dy, x) => (x > 0 ? dy : 0)),
};

const comparisons: { readonly [K in CompareKernel]: (a: number, b: number) => boolean } = {
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  less: (a, b) => a < b,
  lessEqual: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greaterEqual: (a, b) => a >= b,
};

/** See `Backend.map`. */
export function map(kernel: UnaryKernel, x: View, out: View): void {
  unary[kernel](toNdarray(out), toNdarray(x));
}

/** See `Backend.zip`. */
export function zip(kernel: BinaryKernel, a: View, b: View, out: View): void {
  binary[kernel](toNdarray(out), repeated(a, out), repeated(b, out));
}

/** See `Backend.compare`. */
export function compare(kernel: CompareKernel, a: View, b: View, out: View): void {
  const holds = comparisons[kernel];
  const write = eachPair((first, second) => (holds(first, second) ? 1 : 0));
  write(toNdarray(out), repeated(a, out), repeated(b, out));
}

/** See `Backend.where`. */
export function where(condition: View, a: View, b: View, out: View): void {
  const [chosen, first, second] = [condition, a, b].map((view) => repeated(view, out));
  const to = toNdarray(out);
  for (const index of indices(to.shape)) {
    to.set(...index, (chosen!.get(...index) === 0 ? second! : first!).get(...index));
  }
}

function repeated(view: View, out: View): NdArray {
  return toNdarray(broadcastView(view, out.shape));
}

/** See `Backend.copy`. */
export function copy(x: View, out: View): void {
  ops.assign(toNdarray(out), toNdarray(x));
}

/** For functions that ndarray-ops does not have. */
function eachElement(f: (x: number) => number): Unary {
  return (out, x) => {
    for (const index of indices(out.shape)) out.set(...index, f(x.get(...index)));
  };
}

function eachPair(f: (a: number, b: number) => number): Binary {
  return (out, a, b) => {
    for (const index of indices(out.shape)) {
      out.set(...index, f(a.get(...index), b.get(...index)));
    }
  };
}
