export * from './crossEntropy';
export * from './labels';
export * from './softmax';
