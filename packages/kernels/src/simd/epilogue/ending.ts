import { noPlace, type Epilogue } from '../../epilogue';
import {
  f32x4,
  i16x8,
  i32x4,
  i8x16,
  makeLocals,
  set,
  v128,
  type Body,
  type Expression,
  type Local,
  type MakeLocal,
} from '../wasm';
import { larger } from '../larger';

/** An epilogue as a kernel is made for it; see `Epilogue`. */
export interface Ending {
  readonly bias: boolean;
  readonly relu: boolean;
  /** Whether only the largest of each 2x2 pixels is written, and whether also which one it is. */
  readonly maxPool: 'none' | 'numbers' | 'numbersAndPlaces';
}

/** What an epilogue asks of a kernel. */
export function endingOf({ bias, relu = false, maxPool }: Epilogue): Ending {
  const places = maxPool?.places !== undefined;
  return {
    bias: bias !== undefined,
    relu,
    maxPool: maxPool === undefined ? 'none' : places ? 'numbersAndPlaces' : 'numbers',
  };
}

/** A vector of sums, as it is written. */
export function activated(
  sum: Expression<'v128'>,
  { relu }: Pick<Ending, 'relu'>,
): Expression<'v128'> {
  // The sum itself where it is not a number.
  return relu ? f32x4.pmax(sum, f32x4.const(0)) : sum;
}

/** Vectors of channels of one pixel, a vector for each four channels. */
export type PixelSums = readonly Local<'v128'>[];

/** Where a pixel of the result goes. */
export interface PixelTarget {
  readonly to: Local<'i32'>;
  /** Where its places go, if they are wanted. */
  readonly places: Local<'i32'>;
  readonly channels: number;
}

/** Writes the largest of four pixels, eight channels at most. */
export class SquareEnding {
  private readonly isLarger: Local<'v128'>;
  private readonly place: Local<'v128'>;
  private readonly placesOf: readonly Local<'v128'>[];
  private readonly withPlaces: boolean;

  constructor(
    local: MakeLocal,
    private readonly ending: Ending,
  ) {
    this.isLarger = local('v128', 'isLarger');
    this.place = local('v128', 'place');
    this.placesOf = makeLocals(local, 'v128', 'places', 2);
    this.withPlaces = ending.maxPool === 'numbersAndPlaces';
  }

  /** Of four pixels, in order; the sums of the first hold the largest afterwards. */
  store(pixels: readonly PixelSums[], { to, places, channels }: PixelTarget): Body {
    const first = pixels[0]!;
    return [
      first.map((sum, v) => [
        this.choose(
          pixels.map((sums) => sums[v]!),
          this.placesOf[v]!,
        ),
        this.withPlaces && this.ending.relu ? this.dropPlaces(sum, this.placesOf[v]!) : [],
        v128.storeLanes(to, activated(sum, this.ending), Math.min(4, channels - 4 * v), 16 * v),
      ]),
      this.withPlaces ? this.storePlaces(places, channels) : [],
    ];
  }

  /** Puts the largest of four into the first: of the upper two, of the lower two, then of both. */
  private choose(square: readonly Local<'v128'>[], place: Local<'v128'>): Body {
    const { isLarger, withPlaces } = this;
    const [a, b, c, d] = square as [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
    const keepLarger = (from: Local<'v128'>, to: Local<'v128'>): Body => [
      withPlaces ? set(isLarger, f32x4.gt(from, to)) : [],
      set(to, larger(to, from)),
    ];
    const placed = (local: Local<'v128'>, value: Expression<'v128'>): Body =>
      withPlaces ? set(local, value) : [];
    const right = v128.and(isLarger, i32x4.const(1));
    return [
      keepLarger(b, a),
      placed(place, right),
      keepLarger(d, c),
      placed(this.place, v128.or(right, i32x4.const(2))),
      keepLarger(c, a),
      placed(place, v128.bitSelect(this.place, place, isLarger)),
    ];
  }

  /** Where relu makes 0 of the largest, or it is not a number, no pixel has a gradient. */
  private dropPlaces(largest: Local<'v128'>, place: Local<'v128'>): Body {
    const isPositive = f32x4.gt(largest, f32x4.const(0));
    return set(place, v128.bitSelect(place, i32x4.const(noPlace), isPositive));
  }

  private storePlaces(to: Local<'i32'>, channels: number): Body {
    const [first, second] = this.placesOf as [Local<'v128'>, Local<'v128'>];
    const words = i16x8.narrow(first, channels > 4 ? second : first);
    const bytes = i8x16.narrow(words, words);
    if (channels === 8) return v128.store64Lane(to, bytes, 0);
    return [
      set(first, bytes),
      Array.from({ length: channels }, (_, lane) => v128.store8Lane(to, first, lane, lane)),
    ];
  }
}
