export * from './dropout';
export * from './gaussianNoise';
