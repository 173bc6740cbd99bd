// Tensors, operations, models and optimizers by their own names; the larger vocabularies, whose
// names would collide (a layer and an operation are both called conv2d), each under one.
export * from '@gradus/tensor';
export * from '@gradus/autodiff';
export {
  enableThreads,
  hasRelaxedSimd,
  hasSimd,
  loops,
  makeSimd,
  serveThread,
  simd,
  type SimdOptions,
  type ThreadOptions,
} from '@gradus/kernels';
export * from '@gradus/optimizers';
export * from '@gradus/train';
export {
  constraints,
  defineLayer,
  filters,
  initializers,
  input,
  regularizers,
} from '@gradus/layers';
export type {
  Call,
  CallContext,
  GraphNode,
  Input,
  Layer,
  Scope,
  ShapeOf,
  Value,
} from '@gradus/layers';
export * as layers from '@gradus/layers';
export * as data from '@gradus/data';
export * as io from '@gradus/io';
export * as models from '@gradus/models';
export * as viz from '@gradus/viz';
