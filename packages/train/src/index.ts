export * from './losses';
export * from './callbacks';
export * from './fit';
export * from './model';
export * from './sequential';
export * from './trainable';
