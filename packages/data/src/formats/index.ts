export * from './decodeIdx';
export { decodeCifar10 } from './decodeCifar10';
export * from './csv';
