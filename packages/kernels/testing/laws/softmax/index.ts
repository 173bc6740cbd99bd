import type { Law } from '@gradus/tensor/testing';
import { gradientLaws } from './gradientLaws';
import type { SoftmaxImplementation } from './implementation';
import { logarithmLaws } from './logarithmLaws';
import { probabilityLaws } from './probabilityLaws';
import { rowLaws } from './rowLaws';

export * from './implementation';

/** What every softmax and every logarithm of one obeys, and their gradients. */
export const softmaxLaws: readonly Law<SoftmaxImplementation>[] = [
  ...probabilityLaws,
  ...rowLaws,
  ...logarithmLaws,
  ...gradientLaws,
];
