export * from './einsum';
export * from './linear';
