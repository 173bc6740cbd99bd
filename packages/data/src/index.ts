export * from './decodeImage';
export type { ImageSize } from './imageShape';
export * from './toGrey';
export * from './resizeImage';
export * from './crop';
export * from './takeRows';
export * from './batches';
export * from './splitRows';
export * from './deadLeaves';
