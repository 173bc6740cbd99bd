// What Gradus uses of fflate, in a file of its own so that it is loaded when first needed.
export { inflateSync, zipSync } from 'fflate';
