import type { AnyLayer, ShapeOf, Value } from '@gradus/layers';

const counted = ['conv2d', 'conv2dTranspose', 'depthwiseConv2d', 'dense'];

/** How many convolutions and dense layers lie on the longest way from the input to the result. */
export function depthOf(layer: AnyLayer, input: ShapeOf<Value>): number {
  if (layer.members === undefined) return counted.includes(layer.kind) ? 1 : 0;
  const depths: number[] = [];
  for (const member of layer.members(input)) {
    const before = Math.max(...member.from.map((from) => (from < 0 ? 0 : depths[from]!)));
    depths.push(before + depthOf(member.layer, member.input));
  }
  return depths.at(-1) ?? 0;
}
