import type { Remark, RemarksOf } from './remark';

const equivalent: readonly Remark[] = [
  {
    kind: 'equivalent',
    file: 'clipping.ts',
    change: '1e-15 → 1.000000000000001',
    why: 'norms that need no scaling lose nothing by it',
  },
];

/** The remarks on @gradus/optimizers. */
export const optimizers: RemarksOf = {
  target: 'optimizers',
  remarks: [...equivalent],
};
