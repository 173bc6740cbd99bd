import type { Backend } from '@gradus/kernels';
import type { FloatDType, Tensor } from '@gradus/tensor';
import type { Subject } from '@gradus/tensor/testing';
import { checkpoint, grad, hessianVectorProduct, jacobian, withBackend } from '../../src/index';

/** A function of tensors, written in the operations that the implementation differentiates. */
export type TensorFunction = (...inputs: readonly Tensor[]) => Tensor;

/**
 * Something that differentiates, as laws see it. The functions that it is given are written in the
 * operations of Gradus; an implementation of its own sees them on the tape of `recording`.
 */
export interface Autodiff extends Subject {
  /** Of the tensors that functions are tried at. */
  readonly dtype: FloatDType;
  /** Runs what is not its own, such as the function itself, where it runs; default: as it is. */
  readonly within?: <T>(f: () => T) => T;
  /** The gradient of a scalar function with respect to each of its inputs, shaped like it. */
  readonly grad: (f: TensorFunction) => (...inputs: readonly Tensor[]) => readonly Tensor[];
  /** Whether functions given to `grad` may use it themselves. Default true. */
  readonly nests?: boolean;
  /** f of the inputs, computed anew for the gradient. */
  readonly checkpoint?: (f: TensorFunction, ...inputs: readonly Tensor[]) => Tensor;
  /** [...f(x).shape, ...x.shape]. */
  readonly jacobian?: (f: (x: Tensor) => Tensor, x: Tensor) => Tensor;
  /** The product of the second derivatives of a scalar f at x with v. */
  readonly hessianVectorProduct?: (f: (x: Tensor) => Tensor, x: Tensor, v: Tensor) => Tensor;
}

/** Gradus itself, on an engine and in one element type. */
export function autodiffOf(engine: Backend, dtype: FloatDType): Autodiff {
  const within = <T>(f: () => T): T => withBackend(engine, f);
  return {
    name: `${engine.name}, ${dtype}`,
    dtype,
    within,
    grad:
      (f) =>
      (...inputs) =>
        within(() => grad(f)(...inputs)),
    checkpoint: (f, ...inputs) => checkpoint(f, ...inputs),
    jacobian: (f, x) => within(() => jacobian(f, x)),
    hessianVectorProduct: (f, x, v) => within(() => hessianVectorProduct(f, x, v)),
  };
}

/** Runs f where a subject runs. */
export function inside<T>(subject: Autodiff, f: () => T): T {
  return subject.within === undefined ? f() : subject.within(f);
}
