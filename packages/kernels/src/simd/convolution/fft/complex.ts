import {
  f32x4,
  multiplyAdd,
  multiplySubtract,
  set,
  type Body,
  type Expression,
  type Local,
  type MakeLocal,
} from '../../wasm';

/** Four complex numbers: their real parts in one vector, their imaginary parts in another. */
export interface Complex<V extends Expression<'v128'> = Expression<'v128'>> {
  readonly re: V;
  readonly im: V;
}

/** Complex numbers in local variables, which may be used more than once. */
export type ComplexLocal = Complex<Local<'v128'>>;

export function complexLocal(local: MakeLocal, name: string): ComplexLocal {
  return { re: local('v128', `${name}Re`), im: local('v128', `${name}Im`) };
}

export function setComplex(to: ComplexLocal, { re, im }: Complex): Body {
  return [set(to.re, re), set(to.im, im)];
}

export function add(a: Complex, b: Complex): Complex {
  return { re: f32x4.add(a.re, b.re), im: f32x4.add(a.im, b.im) };
}

export function subtract(a: Complex, b: Complex): Complex {
  return { re: f32x4.sub(a.re, b.re), im: f32x4.sub(a.im, b.im) };
}

/** a + i b. */
export function addTurned(a: Complex, b: Complex): Complex {
  return { re: f32x4.sub(a.re, b.im), im: f32x4.add(a.im, b.re) };
}

/** a - i b. */
export function subtractTurned(a: Complex, b: Complex): Complex {
  return { re: f32x4.add(a.re, b.im), im: f32x4.sub(a.im, b.re) };
}

/** a times a real factor. */
export function scale(a: Complex, factor: Expression<'v128'>): Complex {
  return { re: f32x4.mul(a.re, factor), im: f32x4.mul(a.im, factor) };
}

export function multiply(a: ComplexLocal, b: ComplexLocal): Complex {
  return {
    re: multiplySubtract(a.im, b.im, f32x4.mul(a.re, b.re)),
    im: multiplyAdd(a.im, b.re, f32x4.mul(a.re, b.im)),
  };
}

/** a times the conjugate of b. */
export function multiplyConjugate(a: ComplexLocal, b: ComplexLocal): Complex {
  return {
    re: multiplyAdd(a.im, b.im, f32x4.mul(a.re, b.re)),
    im: multiplySubtract(a.re, b.im, f32x4.mul(a.im, b.re)),
  };
}
