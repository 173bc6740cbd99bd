export * from './flatten';
export * from './reshape';
export * from './permute';
export * from './zeroPadding2d';
export * from './cropping2d';
export * from './upSampling2d';
export type { Borders2d } from './borders2d';
