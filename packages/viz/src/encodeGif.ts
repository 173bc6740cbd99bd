import { formatShape, OptionError, sameShape, ShapeError } from '@gradus/tensor';
import { GIFEncoder } from 'gifenc';
import { indexColors } from './indexColors';
import { checkPicture, type Picture } from './picture';

/** Timing of an animation. */
export interface GifOptions {
  /** Milliseconds for which each frame is shown, in steps of 10; default 100. */
  readonly delay?: number;
  /** Milliseconds for which the last frame is shown; default `delay`. */
  readonly lastDelay?: number;
  /** Whether the animation starts again, for ever; default true. */
  readonly loop?: boolean;
}

/** What two bytes hold, in milliseconds. */
const longestDelay = 655_350;

/**
 * Pictures as the bytes of an animated GIF file. All frames share one palette, so that colours do
 * not flicker: the very colours if there are at most 256 of them, otherwise the nearest of 256.
 * @throws ShapeError if there is no frame, one is not a picture, or they differ in size.
 * @throws DTypeError if a frame is not of uint8.
 * @throws OptionError if a delay is not a time that GIF can hold.
 */
export function encodeGif(frames: readonly Picture[], options: GifOptions = {}): Uint8Array {
  const { delay = 100, lastDelay = delay, loop = true } = options;
  checkFrames(frames);
  checkDelay('delay', delay);
  checkDelay('lastDelay', lastDelay);
  const [height = 0, width = 0] = frames[0]!.shape;
  const { palette, indices } = indexColors(frames);
  const encoder = GIFEncoder();
  indices.forEach((index, i) => {
    encoder.writeFrame(index, width, height, {
      ...(i === 0 && { palette, repeat: loop ? 0 : -1 }),
      delay: i === indices.length - 1 ? lastDelay : delay,
    });
  });
  encoder.finish();
  return encoder.bytes();
}

function checkFrames(frames: readonly Picture[]): void {
  if (frames.length === 0) {
    throw new ShapeError({ op: 'encodeGif', expected: 'at least one frame', received: 'none' });
  }
  for (const frame of frames) checkPicture('encodeGif', frame);
  const first = frames[0]!.shape.slice(0, 2);
  const odd = frames.findIndex(({ shape }) => !sameShape(shape.slice(0, 2), first));
  if (odd < 0) return;
  throw new ShapeError({
    op: 'encodeGif',
    expected: `frames of one size, ${formatShape(first)}`,
    received: `${formatShape(frames[odd]!.shape.slice(0, 2))} for frame ${odd}`,
  });
}

function checkDelay(name: string, value: number): void {
  if (value >= 0 && value <= longestDelay) return;
  throw new OptionError({
    op: 'encodeGif',
    expected: `${name}: 0 to ${longestDelay} milliseconds`,
    received: `${value}`,
  });
}
