import type { Tensor } from '@gradus/tensor';
import { defineLaw, mapped, rearranged, type Law } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { lossCases, type LossCase } from './cases';
import type { LossImplementation } from './implementation';
import { expectNear, lossTolerance as tolerance } from './within';

const domain = 'Batches of 1 to 4 samples; float32 and float64.';

/** How the samples of a batch, and the classes, come together. */
export const sampleLaws: readonly Law<LossImplementation>[] = [
  defineLaw<LossImplementation, LossCase>({
    name: 'loss/mean-of-samples',
    statement: 'L(y, p) = the mean of L(y_n, p_n) over the samples n.',
    source: 'The definition: all samples count alike, whatever the size of the batch.',
    domain,
    tolerance,
    cases: lossCases,
    holds({ loss, dtype }, { yTrue, yPred }) {
      const batch = yPred.shape[0]!;
      let sum = 0;
      for (let n = 0; n < batch; n++) sum += loss(sample(yTrue, n), sample(yPred, n)).item();
      expectNear(loss(yTrue, yPred).item(), sum / batch, dtype);
    },
  }),
  defineLaw<LossImplementation, LossCase & { order: readonly number[] }>({
    name: 'loss/sample-permutation-invariant',
    statement: 'L(P y, P p) = L(y, p) for every permutation P of the samples.',
    source: 'A mean does not depend on the order of its terms.',
    domain,
    tolerance,
    cases: (subject) => withOrder(subject, 0),
    holds({ loss, dtype }, { yTrue, yPred, order }) {
      const permuted = (x: Tensor): Tensor => inOrder(x, 0, order);
      expectNear(loss(permuted(yTrue), permuted(yPred)).item(), loss(yTrue, yPred).item(), dtype);
    },
  }),
  defineLaw<LossImplementation, LossCase & { order: readonly number[] }>({
    name: 'loss/class-permutation-invariant',
    statement: 'L(y P, p P) = L(y, p) for every permutation P of the last axis.',
    source: 'The classes have no order but their names.',
    domain,
    tolerance,
    cases: (subject) => withOrder(subject, -1),
    holds({ loss, dtype, properties }, { yTrue, yPred, order }) {
      const classes = inOrder(yPred, -1, order);
      const labelled = properties.targets === 'labels';
      const truth = labelled ? renamed(yTrue, order) : inOrder(yTrue, -1, order);
      expectNear(loss(truth, classes).item(), loss(yTrue, yPred).item(), dtype);
    },
  }),
];

/** One sample of a batch, as a batch. */
export function sample(x: Tensor, n: number): Tensor {
  return rearranged(x, [1, ...x.shape.slice(1)], ([, ...rest]) => [n, ...rest]);
}

function withOrder(
  subject: LossImplementation,
  axis: number,
): fc.Arbitrary<LossCase & { readonly order: readonly number[] }> {
  return lossCases(subject).chain((drawn) => {
    const places = Array.from({ length: drawn.yPred.shape.at(axis)! }, (_, i) => i);
    const order = fc.shuffledSubarray(places, { minLength: places.length });
    return order.map((chosen) => ({ ...drawn, order: chosen }));
  });
}

function inOrder(x: Tensor, axis: number, order: readonly number[]): Tensor {
  return rearranged(x, x.shape, (index) => index.with(axis, order[index.at(axis)!]!));
}

/** Labels of classes that stand elsewhere now. */
function renamed(labels: Tensor, order: readonly number[]): Tensor {
  return mapped(labels, (label) => order.indexOf(label));
}
