export * from './model';
export * from './loop';
export * from './losses/loss';
export * from './losses';
export { resolveLoss, type LossName } from './losses/resolveLoss';
export * from './metrics';
export * from './callbacks';
export * from './summary';
export * from './saving';
