export * from './activations';
export * from './activationLayers';
export * from './prelu';
