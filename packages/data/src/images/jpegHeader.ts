import { imageError } from './imageFormat';
import { readOrientation, type Orientation } from './orientation';

/** What stands before the pixels of a JPEG file. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for colour, 4 for the inks of a printer. */
  readonly components: number;
  /** Bits per sample. */
  readonly precision: number;
  /** The marker of the frame, 0xc0 to 0xcf: how the image is coded. */
  readonly coding: number;
  /** Where the frame starts in the file. */
  readonly offset: number;
  /** Which edge of the stored image is the top. */
  readonly orientation: Orientation;
  /** Adobe's note on the colours, if any: 0 says that they are stored as they are. */
  readonly adobeTransform: number | undefined;
}

/**
 * Reads a JPEG file up to its frame header.
 * Source: ITU-T T.81, annex B, https://www.w3.org/Graphics/JPEG/itu-t81.pdf; T.872 for the Adobe segment.
 * @throws FormatError if the file ends before it.
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation: Orientation = 1;
  let adobeTransform: number | undefined;
  for (let at = nextMarker(bytes, 2); at + 4 <= bytes.length;) {
    const marker = bytes[at + 1]!;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) break;
    const segment = bytes.subarray(at + 4, end);
    if (isFrame(marker) && segment.length >= 6) {
      return {
        precision: segment[0]!,
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: segment[5]!,
        coding: marker,
        offset: at,
        orientation,
        adobeTransform,
      };
    }
    if (marker === 0xe1 && startsWith(segment, 'Exif\0\0')) {
      orientation = readOrientation(segment.subarray(6));
    }
    if (marker === 0xee && startsWith(segment, 'Adobe')) adobeTransform = segment[11];
    at = nextMarker(bytes, end);
  }
  throw imageError({
    expected: 'a JPEG image with a frame header',
    received: `${bytes.length} bytes without one`,
    hint: 'The file is cut off or damaged.',
  });
}

/** The next 0xff that a marker's byte follows; what lies between, such as fill bytes, is skipped. */
function nextMarker(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] !== 0xff || bytes[at + 1] === 0xff || !bytes[at + 1]))
    at++;
  return at;
}

/** 0xc4, 0xc8 and 0xcc define tables; the others of their row start a frame. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Array.from(text).every((letter, i) => bytes[i] === letter.charCodeAt(0));
}
