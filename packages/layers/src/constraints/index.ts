export type { Constraint } from './constraint';
export * from './norms';
export * from './nonNeg';
export * from './resolveConstraint';
