import type { BinaryKernel } from '../backend';
import type { Row } from './row';

/** Combines a row of a with a row of b. Rows of `out` lie without gaps. */
export type BinaryLoop = (a: Row, b: Row, out: Row, length: number) => void;

/** One literal loop for each function, for the reason given in `unary.ts`. */
export const binaryLoops: { readonly [K in BinaryKernel]: BinaryLoop } = {
  add({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! + b[q]!;
  },
  sub({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! - b[q]!;
  },
  mul({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! * b[q]!;
  },
  div({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! / b[q]!;
  },
  reluGradient(
    { data: a, start: p, step: stepA },
    { data: b, start: q, step: stepB },
    row,
    length,
  ) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = b[q]! > 0 ? a[p]! : 0;
  },
  minimum({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = Math.min(a[p]!, b[q]!);
  },
  maximum({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = Math.max(a[p]!, b[q]!);
  },
  pow({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = Math.pow(a[p]!, b[q]!);
  },
  atan2({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = Math.atan2(a[p]!, b[q]!);
  },
};
