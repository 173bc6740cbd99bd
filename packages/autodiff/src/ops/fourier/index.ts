export * from './fourier';
