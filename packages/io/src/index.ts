export * from './formatError';
export * from './encodeNpy';
export * from './decodeNpy';
