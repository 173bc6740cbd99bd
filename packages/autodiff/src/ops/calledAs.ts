import type { AnyOp } from '../opDefinition';

/** Makes an operation of a function that is called in a way of its own, as with a list of tensors. */
export function calledAs<F extends (...args: never[]) => unknown>(
  { name, inputs }: AnyOp['definition'],
  call: F,
  cases: () => AnyOp['cases'],
): F & AnyOp {
  const op = Object.assign(call, { definition: { name, inputs } });
  // Made when somebody asks for them: only tests do.
  return Object.defineProperty(op, 'cases', { get: cases }) as F & AnyOp;
}
