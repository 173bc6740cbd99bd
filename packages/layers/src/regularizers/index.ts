export type { Regularizer } from './regularizer';
export * from './norms';
export * from './resolveRegularizer';
