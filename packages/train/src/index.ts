export * from './losses';
export * from './callbacks';
export * from './fit';
export { NonFiniteLossError } from './nonFiniteLossError';
export * from './model';
export * from './sequential';
export * from './trainable';
