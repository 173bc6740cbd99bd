export * from './accuracy';
export * from './auc';
export * from './confusionMatrix';
export * from './decisions';
export { rootMeanSquaredError } from './errors';
export {
  meanMetric,
  startMetric,
  type Measurement,
  type Metric,
  type MetricDefinition,
  type MetricFunction,
  type MetricOptions,
} from './metric';
export * from './resolveMetrics';
export type { ScoreOptions } from './scores';
export * from './topK';
