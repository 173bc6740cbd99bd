export * from './convolutions';
export * from './engines';
