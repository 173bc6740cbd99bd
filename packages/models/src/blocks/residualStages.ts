import type { Layer } from '@gradus/layers';

/** Blocks that work on images of one size. */
export interface ResidualStage {
  readonly filters: number;
  readonly blocks: number;
}

/** Where a block stands in a residual network. */
export interface BlockPlace {
  /** Channels of its input. */
  readonly channels: number;
  readonly filters: number;
  readonly strides: number;
  /** As the table of the paper calls it: `conv3_1` begins the second stage. */
  readonly name: string;
}

/** What stages are made of. */
export interface ResidualStagesOptions {
  /** Channels of the first block's input. */
  readonly channels: number;
  readonly stages: readonly ResidualStage[];
  /** How many times as many channels a block gives as it has filters. Default 1. */
  readonly expansion?: number;
  readonly makeBlock: (place: BlockPlace) => Layer;
}

/**
 * The blocks of a residual network, stage by stage: the first block of each stage but the first halves
 * height and width. K. He et al., "Deep residual learning for image recognition", CVPR 2016, table 1.
 */
export function residualStages(options: ResidualStagesOptions): Layer[] {
  const { stages, expansion = 1, makeBlock } = options;
  let { channels } = options;
  return stages.flatMap(({ filters, blocks }, stage) =>
    Array.from({ length: blocks }, (_, i) => {
      const strides = i === 0 && stage > 0 ? 2 : 1;
      const block = makeBlock({ channels, filters, strides, name: `conv${stage + 2}_${i + 1}` });
      channels = filters * expansion;
      return block;
    }),
  );
}
