/** How far a training has got. */
export interface Progress {
  /** The epoch that is trained next, or now. */
  readonly epoch: number;
  /** The batch of this epoch that is trained next. */
  readonly batch: number;
}
