import type { NetworkName } from '../data/networks';

/** The product of two square matrices. */
export interface MatMulTask {
  readonly kind: 'matMul';
  readonly size: number;
}

/** A convolution with padding 'same' and stride 1, or one of its gradients. */
export interface ConvolutionTask {
  readonly kind: 'conv2d' | 'conv2dFilterGradient' | 'conv2dInputGradient';
  readonly x: readonly [batch: number, height: number, width: number, channels: number];
  /** Height and width of the filter. */
  readonly kernel: number;
  readonly filters: number;
}

/** One operation on a large tensor. Softmax is along the last axis, the sum is of everything. */
export interface ElementwiseTask {
  readonly kind: 'elementwise';
  readonly operation: 'add' | 'relu' | 'exp' | 'sum' | 'softmax';
  readonly shape: readonly number[];
}

/** A step of training with Adam: forward, backward and update. */
export interface TrainingTask {
  readonly kind: 'training';
  readonly network: NetworkName;
  readonly batch: number;
}

/** The class probabilities of a batch. */
export interface InferenceTask {
  readonly kind: 'inference';
  readonly network: NetworkName;
  readonly batch: number;
}

/** What is computed. Everything about it is data, so that it can be told to another process. */
export type Task = MatMulTask | ConvolutionTask | ElementwiseTask | TrainingTask | InferenceTask;
