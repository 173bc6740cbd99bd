export * from './savedLayer';
export * from './layerToJson';
export * from './layerFromJson';
