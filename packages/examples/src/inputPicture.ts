import { stat } from 'node:fs/promises';
import { readImage } from '@gradus/data/node';
import { Option } from 'commander';
import { broadcastTo, data, OptionError, reshape, viz, type Tensor } from 'gradus';

/** What programs that can be shown a photograph take besides. */
export interface ImageOption {
  readonly image?: string;
}

export const imageOption = new Option(
  '--image <file>',
  'a PNG or JPEG file to look at (default: a generated picture)',
);

/** Which picture, and how large. */
export interface InputPictureOptions {
  /** Height and width, pixels. */
  readonly size: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  /** The file, as the user names it; without one a picture is generated. */
  readonly image?: string | undefined;
}

/**
 * A batch of one picture, [1, size, size, channels], from 0 to 1: the square in the middle of a
 * photograph, or discs that hide each other like fallen leaves.
 */
export async function inputPicture(options: InputPictureOptions): Promise<Tensor> {
  const { size, channels, image } = options;
  const picture = image === undefined ? leaves(size) : await photograph(image, size);
  if (channels === 1) return reshape(data.toGrey(picture), [1, size, size, 1]);
  return reshape(broadcastTo(picture, [size, size, 3]), [1, size, size, 3]);
}

async function photograph(file: string, size: number): Promise<Tensor<'float32'>> {
  if ((await stat(file)).isDirectory()) {
    throw new OptionError({ op: '--image', expected: 'a file', received: `the folder ${file}` });
  }
  const pixels = data.toFloat(data.cropToSquare(await readImage(file)));
  return data.resizeImage(pixels, [size, size]);
}

/** Leaves are grey; a colour map paints them. */
function leaves(size: number): Tensor<'float32'> {
  const grey = data.deadLeaves({ count: 1, size, seed: 1, minRadius: size / 32 });
  return data.toFloat(viz.heatMap(reshape(grey, [size, size])));
}
