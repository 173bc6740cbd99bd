import type { View } from '@gradus/tensor';
import type { Plane } from './plane';
import type { Scratch } from './scratch';

/** Pixels of one row that `addCorrelation` handles together. */
const run = 4;

/** Planes of one size, one after another, with the room around them that `addCorrelation` needs. */
export class PlaneStack {
  readonly data: Float64Array;
  readonly rowStep: number;
  readonly planeStep: number;

  /** The planes are all 0 at first. */
  constructor(
    scratch: Scratch,
    readonly count: number,
    readonly height: number,
    readonly width: number,
  ) {
    this.rowStep = Math.ceil(width / run) * run;
    this.planeStep = this.rowStep * height;
    this.data = scratch.zeros(this.planeStep * count + 2 * run);
  }

  clear(): void {
    this.data.fill(0, 0, this.planeStep * this.count);
  }

  /** One plane, or a band of its rows. */
  plane(index: number, firstRow = 0, rows = this.height): Plane {
    const { data, rowStep, width } = this;
    const start = index * this.planeStep + firstRow * rowStep;
    return { data, start, rowStep, height: rows, width };
  }

  /** The planes as the last axes of a view: `[height, width, ...channels]`. */
  view(...channels: readonly number[]): View<'float64'> {
    const { data, height, width, rowStep, planeStep } = this;
    const strides = [rowStep, 1, ...channels.map(() => planeStep)];
    for (let axis = channels.length - 2; axis >= 0; axis--) {
      strides[axis + 2] = strides[axis + 3]! * channels[axis + 1]!;
    }
    return { dtype: 'float64', data, shape: [height, width, ...channels], strides, offset: 0 };
  }
}
