/**
 * Where a pixel of a picture is looked up in another one, `[a, b, c, d, e, f]`: pixel (i, j), row and
 * column, at row a i + b j + c and column d i + e j + f.
 */
export type AffineMap = readonly [number, number, number, number, number, number];

/** Height and width, pixels. */
export type PictureSize = readonly [height: number, width: number];

/** Turns a picture about its centre, counterclockwise. @param angle radians. */
export function rotation(angle: number, size: PictureSize): AffineMap {
  // Columns grow to the right and rows downwards, so that what is seen is the other turn.
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return aboutCentre([cos, sin, -sin, cos], size);
}

/** Moves a picture. @param shift pixels, downwards and to the right. */
export function translation([down, right]: readonly [down: number, right: number]): AffineMap {
  return [1, 0, -down, 0, 1, -right];
}

/** Makes a picture smaller, about its centre. @param factors by how much, vertically and horizontally. */
export function shrinking(
  [vertical, horizontal]: readonly [vertical: number, horizontal: number],
  size: PictureSize,
): AffineMap {
  return aboutCentre([vertical, 0, 0, horizontal], size);
}

type Matrix = readonly [a: number, b: number, d: number, e: number];

/** The map of a matrix that leaves the centre of a picture where it is. */
function aboutCentre([a, b, d, e]: Matrix, [height, width]: PictureSize): AffineMap {
  const [y, x] = [(height - 1) / 2, (width - 1) / 2];
  return [a, b, y - a * y - b * x, d, e, x - d * y - e * x];
}
