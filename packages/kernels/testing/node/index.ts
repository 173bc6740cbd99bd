export * from './commandConvolution';
export * from './commandFunction';
export * from './commandPooling';
export { type PortOptions } from './port';
export * from './portError';
