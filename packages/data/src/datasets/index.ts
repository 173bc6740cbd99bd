export type { ImageDataset, LabelledImages } from './imageDataset';
export * from './toUnitRange';
export * from './classNames';
