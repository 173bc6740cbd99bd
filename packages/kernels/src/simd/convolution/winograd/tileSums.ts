import {
  block,
  branchIf,
  f32x4,
  i32,
  makeLocals,
  set,
  v128,
  type Body,
  type Expression,
  type Local,
  type MakeLocal,
} from '../../wasm';
import { tileColumns as panelFilters } from '../../tile';
import type { PixelSums } from '../../epilogue/ending';
import { outputMatrix, tileSize } from './matrices';
import type { TileLayout } from './transformKernel';

/** What the sums of a tile are computed from. */
interface Factors {
  /** The splats of a transformed tile of one channel. */
  readonly tile: Local<'i32'>;
  /** A panel of the transformed filter, eight filters. */
  readonly panel: Local<'i32'>;
  /** Eight numbers to begin with. */
  readonly bias: Local<'i32'> | undefined;
  /** A number above 0, which V8 cannot know. */
  readonly count: Local<'i32'>;
}

/** Which pixels of a tile, and how many vectors of filters. */
interface Extent {
  readonly width: number;
  readonly height: number;
  readonly vectors: number;
}

/** The sums of the pixels of a tile for up to eight filters, in registers. */
export class TileSums {
  private readonly sums: readonly (readonly PixelSums[])[];
  private readonly elements: readonly Local<'v128'>[];
  private readonly products: readonly [Local<'v128'>, Local<'v128'>];
  private readonly columnSums: readonly [Local<'v128'>, Local<'v128'>];

  /** @param filter where the products of a panel lie. */
  constructor(
    local: MakeLocal,
    private readonly filter: TileLayout,
    private readonly factors: Factors,
  ) {
    this.sums = outputMatrix.map((_, i) =>
      outputMatrix.map((_, j) => makeLocals(local, 'v128', `sum${i}${j}_`, panelFilters / 4)),
    );
    this.elements = makeLocals(local, 'v128', 'element', tileSize);
    this.products = [local('v128', 'product1'), local('v128', 'product2')];
    this.columnSums = [local('v128', 'upper'), local('v128', 'lower')];
  }

  /** Row by row. */
  pixels({ width, height, vectors }: Extent): readonly (readonly PixelSums[])[] {
    return this.sums
      .slice(0, height)
      .map((row) => row.slice(0, width).map((pixel) => pixel.slice(0, vectors)));
  }

  /**
   * Computes pixels, a column of products at a time, so that few of them need a register. After each
   * there is a way out, which is never taken but keeps V8 from moving all loads to the beginning; it
   * would see through conditions that are alike.
   */
  compute(pixels: readonly (readonly PixelSums[])[]): Body {
    const { tile, count } = this.factors;
    const vectors = pixels[0]![0]!.map((_, v) => v);
    return block('sums', (end) =>
      this.elements.map((_, column) => [
        this.elements.map((element, row) =>
          set(element, v128.load(tile, 16 * (tileSize * row + column))),
        ),
        vectors.map((v) => [
          this.sumColumn(column, v),
          pixels.map((row, i) =>
            row.map((pixel, j) => addTo(pixel[v]!, this.columnSums[i]!, outputMatrix[j]!, column)),
          ),
          branchIf(end, i32.eq(count, -1 - column - tileSize * v)),
        ]),
      ]),
    );
  }

  /** The sums of a column of products that the rows of `outputMatrix` ask for. */
  private sumColumn(column: number, v: number): Body {
    const [upper, lower] = this.columnSums;
    const [first, second] = this.products;
    return [
      set(first, this.product(1, column, v)),
      set(second, this.product(2, column, v)),
      set(upper, f32x4.add(first, second)),
      set(lower, f32x4.sub(first, second)),
      set(upper, f32x4.add(upper, this.product(0, column, v))),
      set(lower, f32x4.sub(lower, this.product(3, column, v))),
    ];
  }

  private product(row: number, column: number, v: number): Expression<'v128'> {
    const { panel, bias } = this.factors;
    const at = row * this.filter.row + column * this.filter.column + 16 * v;
    const product = f32x4.mul(this.elements[row]!, v128.load(panel, at));
    // This one goes into each sum of a tile once.
    return bias !== undefined && row === 1 && column === 1
      ? f32x4.add(product, v128.load(bias, 16 * v))
      : product;
  }
}

/** Adds what belongs to a column, as often as the coefficients say, to a sum that begins with it. */
function addTo(
  sum: Local<'v128'>,
  value: Local<'v128'>,
  coefficients: readonly number[],
  column: number,
): Body {
  const coefficient = coefficients[column]!;
  if (coefficient === 0) return [];
  const isFirst = coefficients.slice(0, column).every((before) => before === 0);
  if (isFirst) return set(sum, coefficient > 0 ? value : f32x4.neg(value));
  return set(sum, coefficient > 0 ? f32x4.add(sum, value) : f32x4.sub(sum, value));
}
