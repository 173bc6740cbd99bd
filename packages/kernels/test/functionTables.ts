import type { BinaryKernel, UnaryKernel } from '../src/index';

const e = Math.E;
/** Points of the functions of one number. */
export const unaryTables: { readonly [K in UnaryKernel]: readonly [x: number, y: number][] } = {
  neg: [
    [2, -2],
    [-3, 3],
  ],
  abs: [
    [-3, 3],
    [2, 2],
    [-Infinity, Infinity],
  ],
  sign: [
    [-3, -1],
    [0, 0],
    [5, 1],
    [NaN, NaN],
  ],
  square: [
    [-3, 9],
    [1.5, 2.25],
  ],
  sqrt: [
    [9, 3],
    [2.25, 1.5],
    [-1, NaN],
  ],
  exp: [
    [0, 1],
    [1, e],
    [-Infinity, 0],
    [1000, Infinity],
  ],
  log: [
    [1, 0],
    [e, 1],
    [0, -Infinity],
    [-1, NaN],
  ],
  relu: [
    [-2, 0],
    [0, 0],
    [3, 3],
    [NaN, NaN],
    [Infinity, Infinity],
  ],
  sigmoid: [
    [0, 0.5],
    [Math.log(3), 0.75],
    [-Math.log(3), 0.25],
    [1000, 1],
    [-1000, 0],
    [NaN, NaN],
  ],
  softplus: [
    [0, Math.log(2)],
    [Math.log(3), Math.log(4)],
    [-Math.log(3), Math.log(4 / 3)],
    [1000, 1000],
    [-1000, 0],
    [Infinity, Infinity],
    [NaN, NaN],
  ],
  tanh: [
    [0, 0],
    [Math.log(3), 0.8],
    [-Math.log(3), -0.8],
    [1000, 1],
    [-1000, -1],
  ],
  erf: [
    [0, 0],
    [0.5, 0.5204998778130465],
    [-1, -0.8427007929497149],
    [2, 0.9953222650189527],
    [-1000, -1],
    [NaN, NaN],
  ],
  floor: [
    [1.5, 1],
    [-1.5, -2],
    [NaN, NaN],
    [Infinity, Infinity],
  ],
  ceil: [
    [1.5, 2],
    [-1.5, -1],
    [NaN, NaN],
  ],
  round: [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-1.5, -2],
    [2.75, 3],
    [-Infinity, -Infinity],
    [NaN, NaN],
  ],
  sin: [
    [Math.PI / 2, 1],
    [0, 0],
    [Infinity, NaN],
  ],
  cos: [
    [0, 1],
    [Math.PI, -1],
  ],
  tan: [
    [Math.PI / 4, 1],
    [0, 0],
  ],
  asin: [
    [1, Math.PI / 2],
    [2, NaN],
  ],
  acos: [
    [-1, Math.PI],
    [2, NaN],
  ],
  atan: [
    [1, Math.PI / 4],
    [Infinity, Math.PI / 2],
  ],
  sinh: [
    [Math.log(2), 0.75],
    [0, 0],
  ],
  cosh: [
    [Math.log(2), 1.25],
    [0, 1],
  ],
  asinh: [[0.75, Math.log(2)]],
  acosh: [
    [1.25, Math.log(2)],
    [0.5, NaN],
  ],
  atanh: [
    [0.6, Math.log(2)],
    [2, NaN],
  ],
};

/** Points of the functions of two numbers. */
export const binaryTables: {
  readonly [K in BinaryKernel]: readonly [a: number, b: number, y: number][];
} = {
  add: [
    [5, 3, 8],
    [Infinity, -Infinity, NaN],
  ],
  sub: [[5, 3, 2]],
  mul: [
    [5, -3, -15],
    [0, Infinity, NaN],
  ],
  div: [
    [6, 3, 2],
    [1, 0, Infinity],
    [0, 0, NaN],
  ],
  reluGradient: [
    [5, 2, 5],
    [5, 0, 0],
    [5, -2, 0],
    [5, NaN, 0],
    [NaN, 1, NaN],
    [NaN, -1, 0],
  ],
  minimum: [
    [5, 3, 3],
    [-Infinity, 3, -Infinity],
    [NaN, 3, NaN],
    [3, NaN, NaN],
  ],
  maximum: [
    [5, 3, 5],
    [NaN, 3, NaN],
    [3, NaN, NaN],
  ],
  pow: [
    [2, 10, 1024],
    [2, -1, 0.5],
    [0, 0, 1],
    [-8, 1 / 3, NaN],
  ],
  atan2: [
    [1, 1, Math.PI / 4],
    [-1, -1, (-3 * Math.PI) / 4],
    [0, -1, Math.PI],
  ],
};
