/** The part of gifenc 1.0 that is used here; the package has no types of its own. */
declare module 'gifenc' {
  export type Palette = [red: number, green: number, blue: number][];

  export interface FrameOptions {
    /** With the first frame: the colours of all frames. */
    palette?: Palette;
    /** Milliseconds. */
    delay?: number;
    /** 0 for ever, -1 once. */
    repeat?: number;
  }

  export interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, options?: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  export function GIFEncoder(): Encoder;
  /** @param rgba four bytes for each pixel, from the start of its buffer. */
  export function quantize(rgba: Uint8Array, maxColors: number): Palette;
  export function applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
}
