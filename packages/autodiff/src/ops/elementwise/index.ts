export * from './activations';
export * from './arithmetic';
export * from './comparison';
export * from './conversion';
export * from './elementwise';
export * from './extremes';
export * from './powers';
export * from './trigonometry';
