import * as autodiff from '../src/index';

/** Every operation, for the tests that hold for all of them and for the documentation. */
export const operations: readonly autodiff.AnyOp[] =
  Object.values<unknown>(autodiff).filter(isOperation);

/** Whether a value is an operation as `defineOp` makes them. */
export function isOperation(value: unknown): value is autodiff.AnyOp {
  return typeof value === 'function' && 'definition' in value && 'cases' in value;
}
