// What every package offers to check it with: generators, laws, contracts.
export * from '@gradus/tensor/testing';
export * from '@gradus/kernels/testing';
export * from '@gradus/autodiff/testing';
export * from '@gradus/layers/testing';
export * from '@gradus/optimizers/testing';
export * from '@gradus/data/testing';
export * from '@gradus/train/testing';
