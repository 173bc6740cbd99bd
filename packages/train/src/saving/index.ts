export { encodeModel, type EncodeModelOptions, type SavableModel } from './encodeModel';
export { decodeModel, loadWeights, type DecodeModelOptions } from './decodeModel';
