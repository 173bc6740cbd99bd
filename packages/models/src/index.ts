export * from './classifier';
export * from './lenet5';
export * from './residualBlock';
export * from './residualChain';
