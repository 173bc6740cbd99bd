export * from './implementation';
export * from './transposedConvolutionLaws';
