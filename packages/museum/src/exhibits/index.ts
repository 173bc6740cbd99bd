import type { Exhibit } from '../exhibit';
import { adamCorrection } from './adamCorrection';
import { bestWeights } from './bestWeights';
import { clippedLogits } from './clippedLogits';
import { depthwiseDilation } from './depthwiseDilation';
import { dilatedGradient } from './dilatedGradient';
import { evenKernel } from './evenKernel';
import { longSums } from './longSums';
import { numericPadding } from './numericPadding';
import { pointwiseInitializer } from './pointwiseInitializer';
import { sameWithStride } from './sameWithStride';
import { withoutScale } from './withoutScale';
import { zeroGradients } from './zeroGradients';

/** The exhibits, by their numbers. */
export const exhibits: readonly Exhibit[] = [
  numericPadding,
  sameWithStride,
  depthwiseDilation,
  dilatedGradient,
  withoutScale,
  pointwiseInitializer,
  clippedLogits,
  bestWeights,
  longSums,
  adamCorrection,
  ...zeroGradients,
  evenKernel,
];
