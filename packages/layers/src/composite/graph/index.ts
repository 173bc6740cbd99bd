export * from './graph';
export { shapesOfNodes, type Form } from './forms';
