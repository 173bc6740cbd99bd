export * from './operations';
export * from './opInputs';
export * from './gradients';
export * from './laws';
export * from './checkSample';
export * from './checkOperation';
// What tests of the packages above need of the engines; see `withBackend` in the package itself.
export { engines } from '@gradus/kernels/testing';
