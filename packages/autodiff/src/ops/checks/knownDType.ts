import { DTypeError, dtypes, type DType } from '@gradus/tensor';
import { inWords } from '@gradus/tensor/options';

/**
 * An element type. The type says as much; a name may also come from a file or from JavaScript.
 * @throws DTypeError if there is none such.
 */
export function knownDType<D extends DType>(op: string, dtype: D): D {
  if (dtypes.includes(dtype)) return dtype;
  const received = typeof dtype === 'string' ? dtype : inWords(dtype);
  throw new DTypeError({ op, expected: dtypes.join(' or '), received });
}
