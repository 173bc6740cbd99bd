import type { UnaryKernel } from '../backend';
import { roundHalfToEven } from '../roundHalfToEven';
import { erf } from './erf';
import type { Row } from './row';

/** Applies a function to each element of a row of x. Rows of `out` lie without gaps. */
export type UnaryLoop = (x: Row, out: Row, length: number) => void;

/**
 * One literal loop for each function. A shared loop that calls the function would be shorter, but
 * after a few functions have passed through it the compiler no longer inlines them, and it runs
 * several times slower.
 */
export const unaryLoops: { readonly [K in UnaryKernel]: UnaryLoop } = {
  neg({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = -x[p]!;
  },
  abs({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.abs(x[p]!);
  },
  sign({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.sign(x[p]!);
  },
  square({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = x[p]! * x[p]!;
  },
  sqrt({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.sqrt(x[p]!);
  },
  exp({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.exp(x[p]!);
  },
  log({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.log(x[p]!);
  },
  relu({ data: x, start, step }, { data: out, start: to }, length) {
    // Math.max has no branch to mispredict on random signs, and passes not-a-number on.
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.max(x[p]!, 0);
  },
  sigmoid({ data: x, start, step }, { data: out, start: to }, length) {
    // exp(-|x|) cannot overflow; the two halves are mirror images.
    for (let i = 0, p = start; i < length; i++, p += step) {
      const value = x[p]!;
      const e = Math.exp(-Math.abs(value));
      out[to + i] = (value < 0 ? e : 1) / (1 + e);
    }
  },
  softplus({ data: x, start, step }, { data: out, start: to }, length) {
    // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which cannot overflow.
    for (let i = 0, p = start; i < length; i++, p += step) {
      const value = x[p]!;
      out[to + i] = Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
    }
  },
  tanh({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.tanh(x[p]!);
  },
  erf({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = erf(x[p]!);
  },
  floor({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.floor(x[p]!);
  },
  ceil({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.ceil(x[p]!);
  },
  round({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = roundHalfToEven(x[p]!);
  },
  sin({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.sin(x[p]!);
  },
  cos({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.cos(x[p]!);
  },
  tan({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.tan(x[p]!);
  },
  asin({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.asin(x[p]!);
  },
  acos({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.acos(x[p]!);
  },
  atan({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.atan(x[p]!);
  },
  sinh({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.sinh(x[p]!);
  },
  cosh({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.cosh(x[p]!);
  },
  asinh({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.asinh(x[p]!);
  },
  acosh({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.acosh(x[p]!);
  },
  atanh({ data: x, start, step }, { data: out, start: to }, length) {
    for (let i = 0, p = start; i < length; i++, p += step) out[to + i] = Math.atanh(x[p]!);
  },
};
