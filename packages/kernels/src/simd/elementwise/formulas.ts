import type { BinaryKernel, UnaryKernel } from '../../backend';
import { f32x4, v128, type Expression } from '../wasm';
import { erfFormula } from './erf';
import type { WriteFormula } from './rowsKernel';
import {
  expFormula,
  logFormula,
  sigmoidFormula,
  softplusFormula,
  tanhFormula,
} from './transcendental';

type Vector = Expression<'v128'>;

const zero = f32x4.const(0);

function unary(f: (x: Vector) => Vector): WriteFormula {
  return ([x]) => ({ first: [], value: f(x!) });
}

function binary(f: (a: Vector, b: Vector) => Vector): WriteFormula {
  return ([a, b]) => ({ first: [], value: f(a!, b!) });
}

/** 1 or -1 with the sign of x, 0 for 0, and not a number for what is none. */
const sign: WriteFormula = unary((x) => {
  const signed = v128.or(f32x4.const(1), v128.and(x, f32x4.const(-0)));
  const nonzero = f32x4.ne(x, zero);
  const orderedOrX = v128.bitSelect(signed, x, f32x4.eq(x, x));
  return v128.bitSelect(orderedOrX, x, nonzero);
});

/** The formulas of `Backend.map`; the others are left to plain loops. */
export const unaryFormulas: { readonly [K in UnaryKernel]?: WriteFormula } = {
  neg: unary(f32x4.neg),
  abs: unary(f32x4.abs),
  sign,
  square: unary((x) => f32x4.mul(x, x)),
  sqrt: unary(f32x4.sqrt),
  exp: expFormula,
  log: logFormula,
  // Not-a-number in x is passed on: pmax(x, 0) is x where they cannot be compared. It is -0 for -0,
  // which adding 0 makes 0.
  relu: unary((x) => f32x4.add(f32x4.pmax(x, zero), zero)),
  sigmoid: sigmoidFormula,
  softplus: softplusFormula,
  tanh: tanhFormula,
  erf: erfFormula,
  floor: unary(f32x4.floor),
  ceil: unary(f32x4.ceil),
  round: unary(f32x4.nearest),
};

/** The formulas of `Backend.zip`, likewise. */
export const binaryFormulas: { readonly [K in BinaryKernel]?: WriteFormula } = {
  add: binary(f32x4.add),
  sub: binary(f32x4.sub),
  mul: binary(f32x4.mul),
  div: binary(f32x4.div),
  reluGradient: binary((dy, x) => v128.and(dy, f32x4.gt(x, zero))),
  minimum: binary(f32x4.min),
  maximum: binary(f32x4.max),
};

/** Formulas of more than a few instructions: repeating them would make kernels long, not quick. */
export const longFormulas: ReadonlySet<UnaryKernel> = new Set([
  'exp',
  'log',
  'sigmoid',
  'softplus',
  'tanh',
  'erf',
]);
