/** A rectangle of numbers within an array; its rows are `rowStep` apart, its columns 1. */
export interface Plane {
  readonly data: Float64Array;
  readonly start: number;
  readonly rowStep: number;
  readonly height: number;
  readonly width: number;
}
