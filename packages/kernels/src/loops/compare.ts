import type { CompareKernel } from '../backend';
import type { BinaryLoop } from './binary';

/** One literal loop for each comparison, for the reason given in `unary.ts`. */
export const compareLoops: { readonly [K in CompareKernel]: BinaryLoop } = {
  equal({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! === b[q]! ? 1 : 0;
  },
  notEqual({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! !== b[q]! ? 1 : 0;
  },
  less({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! < b[q]! ? 1 : 0;
  },
  lessEqual({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! <= b[q]! ? 1 : 0;
  },
  greater({ data: a, start: p, step: stepA }, { data: b, start: q, step: stepB }, row, length) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! > b[q]! ? 1 : 0;
  },
  greaterEqual(
    { data: a, start: p, step: stepA },
    { data: b, start: q, step: stepB },
    row,
    length,
  ) {
    const { data: out, start: to } = row;
    for (let i = 0; i < length; i++, p += stepA, q += stepB) out[to + i] = a[p]! >= b[q]! ? 1 : 0;
  },
};
