import { noPlace, type Epilogue } from '../../epilogue';
import {
  f32x4,
  i16x8,
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
  /**
   * For each vector, where the right one of two upper pixels is larger, of two lower ones, the larger of
   * the lower ones, and where the largest counts: all bits of a number or none.
   */
  private readonly answers: readonly (readonly Local<'v128'>[])[];
  private readonly withPlaces: boolean;

  constructor(
    local: MakeLocal,
    private readonly ending: Ending,
  ) {
    const questions = ['upperRight', 'lowerRight', 'lower', 'counts'];
    this.answers = questions.map((question) => makeLocals(local, 'v128', question, 2));
    this.withPlaces = ending.maxPool === 'numbersAndPlaces';
  }

  /** Of four pixels, in order; the sums of the first hold the largest afterwards. */
  store(pixels: readonly PixelSums[], { to, places, channels }: PixelTarget): Body {
    const first = pixels[0]!;
    return [
      first.map((sum, v) => [
        this.choose(
          pixels.map((sums) => sums[v]!),
          v,
        ),
        v128.storeLanes(to, activated(sum, this.ending), Math.min(4, channels - 4 * v), 16 * v),
      ]),
      this.withPlaces ? this.storePlaces(places, channels) : [],
    ];
  }

  /** Puts the largest of four into the first: of the upper two, of the lower two, then of both. */
  private choose(square: readonly Local<'v128'>[], v: number): Body {
    const [a, b, c, d] = square as [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
    const [upperRight, lowerRight, lower, counts] = this.answers.map(
      (ofVector) => ofVector[v]!,
    ) as [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
    const keepLarger = (from: Local<'v128'>, to: Local<'v128'>, answer: Local<'v128'>): Body => [
      this.withPlaces ? set(answer, f32x4.gt(from, to)) : [],
      set(to, larger(to, from)),
    ];
    return [
      keepLarger(b, a, upperRight),
      keepLarger(d, c, lowerRight),
      keepLarger(c, a, lower),
      this.dropsPlaces ? set(counts, f32x4.gt(a, f32x4.const(0))) : [],
    ];
  }

  /** Where relu makes 0 of the largest, or it is not a number, no pixel has a gradient. */
  private get dropsPlaces(): boolean {
    return this.withPlaces && this.ending.relu;
  }

  /** Finds the places of all channels at once, from the answers of both vectors as 16 bits each. */
  private storePlaces(to: Local<'i32'>, channels: number): Body {
    const words = this.answers.map(([first, second]) =>
      i16x8.narrow(first!, channels > 4 ? second! : first!),
    ) as [Expression<'v128'>, Expression<'v128'>, Expression<'v128'>, Expression<'v128'>];
    const [upperRight, lowerRight, lower, counts] = words;
    const one = i16x8.const(1);
    const upperPlace = v128.and(upperRight, one);
    const lowerPlace = v128.or(v128.and(lowerRight, one), i16x8.const(2));
    const place = this.answers[0]![0]!;
    const bytes = i8x16.narrow(place, place);
    return [
      set(place, v128.bitSelect(lowerPlace, upperPlace, lower)),
      this.dropsPlaces ? set(place, v128.bitSelect(place, i16x8.const(noPlace), counts)) : [],
      channels === 8
        ? v128.store64Lane(to, bytes, 0)
        : [
            set(place, bytes),
            Array.from({ length: channels }, (_, lane) => v128.store8Lane(to, place, lane, lane)),
          ],
    ];
  }
}
