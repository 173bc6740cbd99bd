import type { Law } from '@gradus/tensor/testing';
import {
  centralDifference,
  chainRule,
  linearity,
  orderOfRecording,
  sumOverBatch,
  unusedInput,
} from './gradientLaws';
import type { Autodiff } from './implementation';
import {
  checkpointed,
  jacobianRows,
  productWithHessian,
  symmetricSecondDerivatives,
} from './secondOrderLaws';

export * from './activation/index';
export { autodiffOf, type Autodiff, type TensorFunction } from './implementation';
export { Expression, expressions, type ExpressionOptions } from './expressions';

/** What holds of everything that differentiates. */
export const autodiffLaws: readonly Law<Autodiff>[] = [
  linearity,
  chainRule,
  centralDifference,
  orderOfRecording,
  sumOverBatch,
  unusedInput,
  symmetricSecondDerivatives,
  productWithHessian,
  jacobianRows,
  checkpointed,
];
