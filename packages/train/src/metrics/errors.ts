import { neg } from '@gradus/autodiff';
import { checkText } from '@gradus/tensor/options';
import { cosineSimilarity as negativeCosine, meanSquaredError } from '../losses';
import { madeOf, meanMetric, meanOf, type MetricDefinition, type MetricOptions } from './metric';

/**
 * The root of the mean of the squared differences, in the unit of the targets.
 * @throws ShapeError or DTypeError, when measuring, if targets and predictions differ.
 */
export function rootMeanSquaredError(config: MetricOptions = {}): MetricDefinition {
  const { name = 'rootMeanSquaredError' } = config;
  checkText('rootMeanSquaredError', { name });
  return {
    ...madeOf('rootMeanSquaredError', config),
    name,
    start() {
      const mean = meanOf(meanSquaredError, name);
      return {
        add: (yTrue, yPred) => mean.add(yTrue, yPred),
        get value() {
          return Math.sqrt(mean.value);
        },
        state: () => mean.state(),
        restore: (state) => mean.restore(state),
      };
    },
  };
}

/** The mean cosine between the rows of targets and predictions: as a metric, more is better. */
export const meanCosine = meanMetric('cosineSimilarity', (yTrue, yPred) =>
  neg(negativeCosine(yTrue, yPred)),
);
