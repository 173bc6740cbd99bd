export * from './readImage';
export * from './readImageFolder';
