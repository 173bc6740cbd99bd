import { shapesOf, type AnyLayer, type ShapeOf, type Value } from '@gradus/layers';

const counted = ['conv2d', 'conv2dTranspose', 'depthwiseConv2d', 'dense'];

/** How many convolutions and dense layers lie on the longest way from the input to the result. */
export function depthOf(layer: AnyLayer, input: ShapeOf<Value>): number {
  if (layer.members === undefined) return counted.includes(layer.kind) ? 1 : 0;
  const depths: number[] = [];
  const members = layer.members(input);
  for (const member of members) {
    const before = Math.max(...member.from.map((from) => (from < 0 ? 0 : depths[from]!)));
    depths.push(before + depthOf(member.layer, member.input));
  }
  return shapesOf(input).length > 0 ? depths.at(-1)! : 0;
}
