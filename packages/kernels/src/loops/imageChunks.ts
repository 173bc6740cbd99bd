import type { ConvGeometry } from '../convGeometry';
import { paddedExtent, type ImageRange, type PaddedImages } from './paddedImage';
import { tapOffsets, windowStarts, type Patches } from './patches';
import type { Scratch } from './scratch';

/** Elements of padded images to have at hand at a time: several small images, or one large one. */
const chunkElements = 128 * 1024;

/** Some neighbouring images of a batch, padded, and where the window of each output pixel begins. */
export interface ImageChunk {
  readonly images: PaddedImages;
  readonly range: ImageRange;
  readonly windows: Int32Array;
}

/** What the filters of one group see from some neighbouring output pixels. */
export interface ChunkPart {
  readonly patches: Patches;
  readonly group: number;
  /** The first of the output pixels, counted from the beginning of the batch. */
  readonly firstPixel: number;
}

/** Divides a batch into chunks that use the same memory one after the other, all 0 at first. */
export function* imageChunks(geometry: ConvGeometry, memory: Scratch): Generator<ImageChunk> {
  const { batch, input } = geometry;
  const { height, width } = paddedExtent(geometry);
  const size = height * width * input.channels;
  const most = Math.min(Math.max(1, Math.floor(chunkElements / Math.max(1, size))), batch);
  const images: PaddedImages = {
    data: memory.zeros(most * size),
    height,
    width,
    steps: [size, width * input.channels, input.channels, 1],
  };
  const windows = windowStarts(geometry, images, most);
  const perImage = geometry.output.height * geometry.output.width;
  for (let first = 0; first < batch; first += most) {
    const count = Math.min(most, batch - first);
    yield { images, range: { first, count }, windows: windows.subarray(0, count * perImage) };
  }
}

/** Divides a chunk by groups, and further into parts of at most `pixels` output pixels. */
export function* chunkParts(
  geometry: ConvGeometry,
  { images, range, windows }: ImageChunk,
  pixels: number,
): Generator<ChunkPart> {
  const firstOfChunk = range.first * geometry.output.height * geometry.output.width;
  for (let group = 0; group < geometry.groups; group++) {
    const taps = tapOffsets(geometry, images, group);
    for (let first = 0; first < windows.length; first += pixels) {
      const part = windows.subarray(first, first + pixels);
      yield {
        patches: { data: images.data, pixels: part, taps },
        group,
        firstPixel: firstOfChunk + first,
      };
    }
  }
}
