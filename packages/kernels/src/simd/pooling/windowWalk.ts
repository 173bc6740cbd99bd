import { increase, repeat, set, type Body, type Local, type MakeLocal } from '../wasm';

/** How a kernel walks over the windows of a region, and over their pixels. All steps are in bytes. */
export interface Windows {
  readonly channels: number;
  /** How many windows there are. */
  readonly rows: number;
  readonly columns: number;
  /**
   * Pixels of a window, if the kernel is made for so many; otherwise they are among its parameters.
   */
  readonly taps: { readonly height: number; readonly width: number } | 'any';
  /** From one pixel of an image to the next one to the right, below, and in the next image. */
  readonly pixelStep: number;
  readonly rowStep: number;
  readonly imageStep: number;
  /** From one window to the next one to the right and below. */
  readonly windowStep: number;
  readonly windowRowStep: number;
  /** From one row of the result to the next, and to the next image's. */
  readonly resultRowStep: number;
  readonly resultImageStep: number;
}

/** What every pooling kernel takes besides its operands. */
export const walkParameters = { batch: 'i32', tapRows: 'i32', tapColumns: 'i32' } as const;

type WalkParameters = { readonly [K in keyof typeof walkParameters]: Local<'i32'> };

/** Where operands begin. */
export interface Operands {
  /** Shaped like x. */
  readonly images: readonly Local<'i32'>[];
  /** Shaped like the pooled images. */
  readonly results: readonly Local<'i32'>[];
}

/**
 * The loops that pooling kernels have in common: over images, rows and columns of windows, then some
 * channels at a time, and over the pixels of a window.
 */
export class WindowWalk {
  /** Where the present channels of the present window stand in each operand. */
  readonly images: readonly Local<'i32'>[];
  readonly results: readonly Local<'i32'>[];
  private readonly rows: Local<'i32'>;
  private readonly columns: Local<'i32'>;
  private readonly chunks: Local<'i32'>;
  private readonly tapRow: Local<'i32'>;
  private readonly tap: Local<'i32'>;
  private readonly tapRowsLeft: Local<'i32'>;
  private readonly tapsLeft: Local<'i32'>;

  constructor(
    local: MakeLocal,
    private readonly windows: Windows,
    private readonly operands: Operands,
    private readonly parameters: WalkParameters,
  ) {
    const int = (name: string): Local<'i32'> => local('i32', name);
    this.images = operands.images.map((_, i) => int(`image${i}`));
    this.results = operands.results.map((_, i) => int(`result${i}`));
    this.rows = int('rows');
    this.columns = int('columns');
    this.chunks = int('chunks');
    this.tapRow = int('tapRow');
    this.tap = int('tap');
    this.tapRowsLeft = int('tapRowsLeft');
    this.tapsLeft = int('tapsLeft');
  }

  /** Does `pool`, written for so many channels, for all channels of all windows. */
  overWindows(mostChannels: number, pool: (channels: number) => Body): Body {
    const { windows, operands } = this;
    const { images, results } = operands;
    const all = [...images, ...results];
    const moving = [...this.images, ...this.results];
    const chunk = (channels: number): Body => [
      pool(channels),
      moving.map((at) => increase(at, 4 * channels)),
    ];
    const wholes = Math.floor(windows.channels / mostChannels);
    const rest = windows.channels % mostChannels;
    const chunks: Body = [
      wholes > 1 ? repeat(this.chunks, wholes, chunk(mostChannels)) : [],
      wholes === 1 ? chunk(mostChannels) : [],
      rest > 0 ? chunk(rest) : [],
    ];
    const { batch } = this.parameters;
    return repeat(batch, batch, [
      repeat(this.rows, windows.rows, [
        moving.map((at, i) => set(at, all[i]!)),
        repeat(this.columns, windows.columns, [
          chunks,
          this.images.map((at) => increase(at, windows.windowStep - 4 * windows.channels)),
        ]),
        images.map((at) => increase(at, windows.windowRowStep)),
        results.map((at) => increase(at, windows.resultRowStep)),
      ]),
      images.map((at) => increase(at, windows.imageStep - windows.rows * windows.windowRowStep)),
      results.map((at) =>
        increase(at, windows.resultImageStep - windows.rows * windows.resultRowStep),
      ),
    ]);
  }

  /**
   * Does `visit` for the pixels of the present window in the first operand, which stand `offset` bytes
   * behind `at`. A kernel made for a number of pixels may leave the first one out.
   */
  overTaps(
    visit: (at: Local<'i32'>, offset: number) => Body,
    { skipFirst = false, aroundRow = (row: Body): Body => row } = {},
  ): Body {
    const { taps, rowStep, pixelStep } = this.windows;
    const [begin] = this.images as [Local<'i32'>];
    if (taps !== 'any') {
      const offsets = Array.from({ length: taps.height * taps.width }, (_, i) => {
        return Math.floor(i / taps.width) * rowStep + (i % taps.width) * pixelStep;
      });
      return offsets.slice(skipFirst ? 1 : 0).map((offset) => visit(begin, offset));
    }
    const { tapRow, tap } = this;
    const { tapRows, tapColumns } = this.parameters;
    return [
      set(tapRow, begin),
      repeat(this.tapRowsLeft, tapRows, [
        set(tap, tapRow),
        aroundRow(repeat(this.tapsLeft, tapColumns, [visit(tap, 0), increase(tap, pixelStep)])),
        increase(tapRow, rowStep),
      ]),
    ];
  }
}
