import type { View } from '@gradus/tensor';

/** The pixel of an RGB picture at a column and a row. */
export function pixelAt({ data, shape, offset }: View, x: number, y: number): number[] {
  const start = offset + 3 * (y * shape[1]! + x);
  return [...data.subarray(start, start + 3)];
}

/** All colours of an RGB picture, each once, as texts such as `255,0,255`. */
export function colorsOf(picture: View): Set<string> {
  const [height = 0, width = 0] = picture.shape;
  const colors = new Set<string>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) colors.add(pixelAt(picture, x, y).join());
  }
  return colors;
}
