import type { AnyOp } from '../opDefinition';
import * as classification from './classification';
import * as convolution from './convolution';
import * as elementwise from './elementwise';
import * as fourier from './fourier';
import * as images from './images';
import * as normalization from './normalization';
import * as pooling from './pooling';
import * as products from './products';
import * as reductions from './reductions';
import * as shapes from './shapes';

export * from './elementwise';
export * from './reductions';
export * from './shapes';
export * from './products';
export * from './convolution';
export * from './pooling';
export * from './normalization';
export * from './classification';
export * from './fourier';
export * from './images';

/** Every operation, for the tests that hold for all of them and for the documentation. */
export const operations: readonly AnyOp[] = /* @__PURE__ */ operationsIn([
  elementwise,
  reductions,
  shapes,
  products,
  convolution,
  pooling,
  normalization,
  classification,
  fourier,
  images,
]);

function operationsIn(rooms: readonly object[]): AnyOp[] {
  return rooms.flatMap((room): unknown[] => Object.values(room)).filter(isOperation);
}

function isOperation(value: unknown): value is AnyOp {
  return typeof value === 'function' && 'definition' in value && 'cases' in value;
}
