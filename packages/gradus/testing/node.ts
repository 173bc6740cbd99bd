// What checks programs in other languages; it needs Node.
export * from '@gradus/kernels/testing/node';
