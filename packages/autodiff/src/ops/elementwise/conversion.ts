import { isFloat, type DType, type Tensor } from '@gradus/tensor';
import { defineOp } from '../../op';
import { knownDType } from '../checks/knownDType';

/**
 * x converted to another element type: rounded to nearest for float32, towards zero for int32,
 * modulo 256 for uint8. Between float types the gradient passes; whole numbers have none.
 */
export const cast = defineOp({
  name: 'cast',
  inputs: ['x'],
  dtype: (_, dtype: DType) => knownDType('cast', dtype),
  shape: ({ x }) => x,
  compute: (backend, { x }, _, out) => backend.copy(x, out),
  gradient: (dy, { inputs: { x } }) => ({
    x: isFloat(x.dtype) && isFloat(dy.dtype) ? (): Tensor => cast(dy, x.dtype) : null,
  }),
  samples: [{ inputs: { x: 'mn' }, attributes: 'float64' }],
});

/** x itself, taken as a constant: no gradient passes. No copy. */
export const stopGradient = defineOp({
  name: 'stopGradient',
  inputs: ['x'],
  dtype: 'same',
  shape: ({ x }) => x,
  view: ({ x }) => x,
  gradient: () => ({ x: null }),
  // Central differences see the slope that it hides, so no sample could pass.
  samples: [],
});
