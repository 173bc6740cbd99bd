import type { View } from '@gradus/tensor';
import type { ConvGeometry } from '../convGeometry';
import {
  conv2dByPatches,
  conv2dFilterGradientByPatches,
  conv2dInputGradientByPatches,
} from './convPatches';
import { conv2dByPlanes, conv2dFilterGradientByPlanes } from './convPlanes';
import { adjointGeometry, rotatedFilter } from './rotatedFilter';

/** See `Backend.conv2d`. */
export function conv2d(x: View, filter: View, geometry: ConvGeometry, out: View): void {
  if (suitsPlanes(geometry)) conv2dByPlanes(x, filter, geometry, out);
  else conv2dByPatches(x, filter, geometry, out);
}

/** See `Backend.conv2dInputGradient`. */
export function conv2dInputGradient(
  dy: View,
  filter: View,
  geometry: ConvGeometry,
  out: View,
): void {
  const { vertical, horizontal } = geometry.strides;
  if (vertical > 1 || horizontal > 1) conv2dInputGradientByPatches(dy, filter, geometry, out);
  else conv2d(dy, rotatedFilter(filter, geometry), adjointGeometry(geometry), out);
}

/** See `Backend.conv2dFilterGradient`. */
export function conv2dFilterGradient(dy: View, x: View, geometry: ConvGeometry, out: View): void {
  if (suitsPlanes(geometry)) conv2dFilterGradientByPlanes(dy, x, geometry, out);
  else conv2dFilterGradientByPatches(dy, x, geometry, out);
}

/** Whether the convolution is quicker plane by plane than as a matrix product: measured. */
function suitsPlanes({ strides, dilations, input, output, groups }: ConvGeometry): boolean {
  const dense =
    strides.vertical * strides.horizontal * dilations.vertical * dilations.horizontal === 1;
  return dense && (input.channels / groups) * (output.channels / groups) <= 4;
}
