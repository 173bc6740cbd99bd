export * from './opDefinition';
export * from './op';
export { Tape, recording, withoutRecording, type LazyGradient, type TapeEntry } from './tape';
export * from './scope';
export * from './variable';
export * from './ops';
export {
  backward,
  grad,
  valueAndGrad,
  type BackwardStep,
  type Cotangents,
  type Differentiable,
  type TensorOf,
} from './gradient';
export * from './derivatives';
export * from './customGradient';
export * from './checkpoint';
// What users of operations need of the engines, so that they need not know the package below.
export { currentBackend, keep, newTensor, withBackend } from '@gradus/kernels';
export type { Backend, ConvOptions, Padding, PerAxis, PoolOptions } from '@gradus/kernels';
