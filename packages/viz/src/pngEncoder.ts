// The part of fast-png that is used here, for bundlers to leave out the rest.
export { encode } from 'fast-png';
