export * from './decodeImage';
export type { ImageSize } from './imageShape';
export * from './toGrey';
export * from './resizeImage';
export * from './crop';
export * from './fitImage';
