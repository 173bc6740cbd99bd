import type { Shape, Tensor } from '@gradus/tensor';
import {
  add,
  atan,
  cos,
  div,
  exp,
  matMul,
  mean,
  mul,
  neg,
  reshape,
  sigmoid,
  sin,
  softmax,
  square,
  sub,
  sum,
  tanh,
  transpose,
} from '../../src/index';

/** What one line of an expression computes, from one value or from two. */
export interface Step {
  /** As code, of the names of its arguments. */
  readonly code: (a: string, b: string) => string;
  readonly compute: (a: Tensor, b: Tensor) => Tensor;
  /** Its result's shape; undefined if it cannot take such arguments. */
  readonly shape: (a: Shape, b: Shape) => Shape | undefined;
  /** Whether it takes a second argument. */
  readonly pairs?: boolean;
}

const anyShape = (a: Shape): Shape => a;

function elementwise(name: string, compute: (a: Tensor) => Tensor): Step {
  return { code: (a) => `${name}(${a})`, compute, shape: anyShape };
}

function pairwise(code: Step['code'], compute: Step['compute']): Step {
  return { code, compute, shape: broadcast, pairs: true };
}

/** What two shapes broadcast to, or undefined. */
function broadcast(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const common: number[] = [];
  for (let axis = -rank; axis < 0; axis++) {
    const [n, m] = [a.at(axis) ?? 1, b.at(axis) ?? 1];
    if (axis < -a.length) common.push(m);
    else if (axis < -b.length || m === 1 || n === m) common.push(n);
    else if (n === 1) common.push(m);
    else return undefined;
  }
  return common;
}

function ofRank(least: number, shape: (a: Shape) => Shape): Step['shape'] {
  return (a) => (a.length < least ? undefined : shape(a));
}

/**
 * The lines that expressions are made of: smooth everywhere, and bounded where their arguments are, so that
 * values and slopes of any expression stay of the order of 1. The first ones are the simplest.
 */
export const steps: readonly Step[] = [
  elementwise('sin', sin),
  pairwise(
    (a, b) => `mul(${a}, ${b})`,
    (a, b) => mul(a, b),
  ),
  pairwise(
    (a, b) => `mul(add(${a}, ${b}), 0.5)`,
    (a, b) => mul(add(a, b), 0.5),
  ),
  pairwise(
    (a, b) => `tanh(sub(${a}, ${b}))`,
    (a, b) => tanh(sub(a, b)),
  ),
  pairwise(
    (a, b) => `div(${a}, add(square(${b}), 2))`,
    (a, b) => div(a, add(square(b), 2)),
  ),
  {
    code: (a) => `mean(${a}, { axis: 0 })`,
    compute: (a) => mean(a, { axis: 0 }),
    shape: ofRank(1, (a) => a.slice(1)),
  },
  {
    code: (a) => `sin(sum(${a}, { axis: -1, keepDims: true }))`,
    compute: (a) => sin(sum(a, { axis: -1, keepDims: true })),
    shape: ofRank(1, (a) => a.with(-1, 1)),
  },
  {
    code: (a) => `transpose(${a})`,
    compute: (a) => transpose(a),
    shape: ofRank(2, (a) => [...a].reverse()),
  },
  {
    code: (a) => `reshape(${a}, [-1])`,
    compute: (a) => reshape(a, [-1]),
    shape: (a) => [a.reduce((size, n) => size * n, 1)],
  },
  {
    code: (a, b) => `tanh(matMul(${a}, ${b}))`,
    compute: (a, b) => tanh(matMul(a, b)),
    shape: (a, b) =>
      a.length === 2 && b.length === 2 && a[1] === b[0] ? [a[0]!, b[1]!] : undefined,
    pairs: true,
  },
  {
    code: (a) => `softmax(${a})`,
    compute: (a) => softmax(a),
    shape: ofRank(1, anyShape),
  },
  elementwise('cos', cos),
  elementwise('neg', neg),
  elementwise('sigmoid', sigmoid),
  elementwise('tanh', tanh),
  elementwise('atan', atan),
  {
    code: (a) => `exp(neg(square(${a})))`,
    compute: (a) => exp(neg(square(a))),
    shape: anyShape,
  },
];
