export * from './localResponseNormalization';
export { moments } from './moments';
export * from './normalization';
