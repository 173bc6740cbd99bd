import { sizeOf, tensor, toTypedArray, type Tensor } from '@gradus/tensor';
import type { Picture } from './picture';
import { paper, type Rgb } from './rgb';

/** A part of a picture, in pixels from its top left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An RGB picture while it is being drawn. What lies outside it is not drawn. */
export class Canvas {
  readonly #data: Uint8Array<ArrayBuffer>;

  constructor(
    readonly width: number,
    readonly height: number,
    background: Rgb = paper,
  ) {
    this.#data = new Uint8Array(sizeOf([height, width, 3]));
    this.fill({ x: 0, y: 0, width, height }, background);
  }

  fill({ x, y, width, height }: Rectangle, [red, green, blue]: Rgb): void {
    const [left, right] = [Math.max(x, 0), Math.min(x + width, this.width)];
    for (let row = Math.max(y, 0); row < Math.min(y + height, this.height); row++) {
      for (let i = 3 * (row * this.width + left); i < 3 * (row * this.width + right); i += 3) {
        this.#data[i] = red;
        this.#data[i + 1] = green;
        this.#data[i + 2] = blue;
      }
    }
  }

  /** A line one pixel thick around the outside of a rectangle. */
  frame({ x, y, width, height }: Rectangle, color: Rgb): void {
    this.fill({ x: x - 1, y: y - 1, width: width + 2, height: 1 }, color);
    this.fill({ x: x - 1, y: y + height, width: width + 2, height: 1 }, color);
    this.fill({ x: x - 1, y, width: 1, height }, color);
    this.fill({ x: x + width, y, width: 1, height }, color);
  }

  /** Copies a picture that fits wholly into this one. */
  draw(picture: Picture, x: number, y: number): void {
    const [height = 0, width = 0, channels = 1] = picture.shape;
    const pixels = toTypedArray(picture);
    for (let row = 0; row < height; row++) {
      for (let i = 0; i < 3 * width; i++) {
        const from = channels === 3 ? i : Math.floor(i / 3);
        this.#data[3 * ((y + row) * this.width + x) + i] = pixels[row * width * channels + from]!;
      }
    }
  }

  /** What has been drawn, `[height, width, 3]`; do not draw afterwards. */
  finish(): Tensor<'uint8'> {
    return tensor(this.#data, [this.height, this.width, 3]);
  }
}
