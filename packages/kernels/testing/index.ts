export * from './engines';
// Legal geometries, and numbers to fill them with.
export * from './generators/convolutions';
export * from './generators/poolings';
// Legal calls of kernels, and what must come of them.
export * from './calls/kernelCall';
export * from './calls/kernelNames';
export * from './calls/kernelCalls';
export * from './calls/scanCalls';
export * from './calls/gatherCalls';
export * from './calls/updateCalls';
export * from './calls/convolutionCalls';
export * from './calls/convolutionCases';
export * from './calls/poolingCalls';
export * from './calls/normalizationCalls';
export * from './calls/anyCalls';
export * from './calls/expectValue';
export * from './calls/checkCall';
export * from './chains/callChains';
export * from './chains/checkChain';
// What every right convolution obeys, whoever computes it.
export * from './laws/convolution/index';
export * from './laws/transposedConvolution/index';
export * from './laws/im2col/index';
// What every right pooling, softmax and normalisation obeys.
export * from './laws/pooling/index';
export * from './laws/softmax/index';
export * from './laws/normalization/index';
// The contract of engines.
export * from './contract/checkBackend';
