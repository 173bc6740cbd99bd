import { autodiff } from './autodiff';
import { kernels } from './kernels';
import { optimizers } from './optimizers';
import type { RemarksOf } from './remark';

/** The remarks on all packages under mutation. */
export const allRemarks: readonly RemarksOf[] = [autodiff, kernels, optimizers];
