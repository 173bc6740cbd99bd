import { sliceLayout, transposeLayout, type Layout } from '@gradus/tensor';

/** How a stored image must be turned: 1 not at all, 3 by half a turn, 6 to the right, 8 to the left; even ones of the others mirror. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const orientationTag = 0x0112;

/**
 * The orientation in the TIFF data of an EXIF segment; 1 where it is missing or unreadable, for a
 * note on an image must not make the image unreadable.
 * Source: CIPA DC-008-2019, "Exchangeable image file format", section 4.6.4, tag 0x0112.
 */
export function readOrientation(tiff: Uint8Array): Orientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const littleEndian = tiff[0] === 0x49;
  if (tiff.length < 8) return 1;
  const start = view.getUint32(4, littleEndian);
  if (start + 2 > tiff.length) return 1;
  const entries = view.getUint16(start, littleEndian);
  for (let i = 0, at = start + 2; i < entries && at + 12 <= tiff.length; i++, at += 12) {
    if (view.getUint16(at, littleEndian) !== orientationTag) continue;
    const value = view.getUint16(at + 8, littleEndian);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

/** The upright image `[height, width, channels]` as a view of the stored one. */
export function upright(stored: Layout, orientation: Orientation): Layout {
  const layout = orientation >= 5 ? transposeLayout(stored, [1, 0, 2]) : stored;
  const size = layout.shape;
  const flips = [[3, 4, 7, 8].includes(orientation), [2, 3, 6, 7].includes(orientation), false];
  return sliceLayout(layout, {
    begin: flips.map((flip, axis) => (flip ? size[axis]! - 1 : 0)),
    size,
    step: flips.map((flip) => (flip ? -1 : 1)),
  });
}
