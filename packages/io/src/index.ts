export * from './formatError';
export * from './encodeNpy';
export * from './decodeNpy';
export * from './encodeNpz';
export * from './decodeNpz';
export * from './encodeSafetensors';
export * from './decodeSafetensors';
