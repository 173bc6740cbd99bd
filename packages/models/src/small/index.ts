export * from './smallCnn';
export * from './smallVgg';
export * from './smallResnet';
export * from './smallMobilenet';
export * from './residualChain';
