import type { View } from '@gradus/tensor';
import { toNdarray } from '@gradus/tensor/ndarray';
import type { NdArray } from 'ndarray';
import ops from 'ndarray-ops';
import type { BinaryKernel, UnaryKernel } from '../backend';
import { broadcastView } from '../broadcastView';
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
};

const binary: { readonly [K in BinaryKernel]: Binary } = {
  add: ops.add,
  sub: ops.sub,
  mul: ops.mul,
  div: ops.div,
  reluGradient: eachPair((dy, x) => (x > 0 ? dy : 0)),
  equal: eachPair((a, b) => (a === b ? 1 : 0)),
};

/** See `Backend.map`. */
export function map(kernel: UnaryKernel, x: View, out: View): void {
  unary[kernel](toNdarray(out), toNdarray(x));
}

/** See `Backend.zip`. */
export function zip(kernel: BinaryKernel, a: View, b: View, out: View): void {
  const repeat = (view: View): NdArray => toNdarray(broadcastView(view, out.shape));
  binary[kernel](toNdarray(out), repeat(a), repeat(b));
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
