export * from './derivatives';
export * from './gabor';
export * from './gaussian';
export * from './smiley';
