import type * as zipCodec from './zipCodec';

// Loaded with the first archive: fflate computes tables when it is loaded. `import` would make every
// program wait for them, archives or not.
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const loadZipCodec = () => require('./zipCodec') as typeof zipCodec;
