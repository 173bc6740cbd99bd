import { ArgumentError, decodeModel, io, type DecodeModelOptions, type Model } from 'gradus';
import { Failure } from '../failure';

/**
 * The model in the bytes of a file.
 * @param name what messages begin with.
 * @throws Failure if they hold none.
 */
export function decoded(name: string, bytes: Uint8Array, options?: DecodeModelOptions): Model {
  try {
    return decodeModel(bytes, options);
  } catch (error) {
    if (!(error instanceof io.FormatError || error instanceof ArgumentError)) throw error;
    throw new Failure(`${name}: ${error.message}`);
  }
}
