import decode from 'jpeg-js/lib/decoder';
import { arrayStorage, rowMajor, Tensor } from '@gradus/tensor';
import { checkImageSize, imageError, runDecoder } from './imageFormat';
import { readJpegHeader, type JpegHeader } from './jpegHeader';
import { upright } from './orientation';

/** The decoder keeps every coefficient as a 32-bit number; 50 megapixels of 3 channels fit. */
const memoryInMB = 1280;

/** The pixels of a JPEG file, as `decodeImage` describes them. */
export function decodeJpeg(bytes: Uint8Array): Tensor<'uint8'> {
  const header = readJpegHeader(bytes);
  checkSupported(header);
  const { data, width, height } = runDecoder('JPEG', () =>
    decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      // jpeg-js would take an RGB image, which Adobe marks with 0, for YCbCr.
      colorTransform: header.adobeTransform !== 0,
      // In jpeg-js 0.4.4 the tolerance is only for blocks past the end of the image, which the last
      // restart interval of a good file may count; without it such files fail. Damage is an error
      // either way.
      tolerantDecoding: true,
      maxMemoryUsageInMB: memoryInMB,
    }),
  );
  const channels = header.components;
  const values = channels === 3 ? data : data.filter((_, i) => i % 3 === 0);
  const stored = rowMajor([height, width, channels]);
  return new Tensor(arrayStorage('uint8', values), upright(stored, header.orientation));
}

function checkSupported({
  width,
  height,
  components,
  precision,
  coding,
  offset,
}: JpegHeader): void {
  if (coding > 0xc2) {
    throw imageError({
      expected: 'a baseline or progressive JPEG image',
      received: `one of another coding (marker ff ${coding.toString(16)})`,
      offset,
    });
  }
  if (precision !== 8) {
    throw imageError({ expected: '8 bits per sample', received: `${precision}`, offset });
  }
  if (components !== 1 && components !== 3) {
    throw imageError({
      expected: 'a JPEG image of 1 (grey) or 3 (colour) components',
      received: `${components}`,
      offset,
      hint: components === 4 ? 'It is meant for print (CMYK); convert it to RGB first.' : undefined,
    });
  }
  checkImageSize(width, height, offset);
}
