export * from './op';
export { Tape, recording, withoutRecording, type TapeEntry } from './tape';
export * from './variable';
export * from './ops';
export * from './gradient';
export * from './derivatives';
export * from './customGradient';
// What users of operations need of the engines, so that they need not know the package below.
export { currentBackend, withBackend } from '@gradus/kernels';
export type { Backend, ConvOptions, Padding, PerAxis } from '@gradus/kernels';
