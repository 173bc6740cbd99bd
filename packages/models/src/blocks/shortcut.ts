import { maxPooling2d, permute, zeroPadding2d, type Layer } from '@gradus/layers';
import { OptionError } from '@gradus/tensor';
import { checkChoice } from '@gradus/tensor/options';
import { normalizedConvolution, type NormalizationOptions } from './normalizedConvolution';

/**
 * What passes by the convolutions of a residual block: the input as it is; the input through a 1x1
 * convolution, where sizes change; or every second pixel of it, with zeros for the channels that it does
 * not have.
 */
export type Shortcut = 'identity' | 'projection' | 'padding';

/** What the shortcut of a block has to do. */
export interface ShortcutOptions {
  /** What the block is called in errors. */
  readonly op: string;
  /** Default: 'identity' where nothing changes, 'projection' otherwise. */
  readonly shortcut?: Shortcut | undefined;
  /** Channels of the block's input. */
  readonly channels: number;
  /** Channels of its result. */
  readonly filters: number;
  readonly strides: number;
  /** Whether a projection has a bias. */
  readonly useBias: boolean;
  readonly normalization?: NormalizationOptions | undefined;
}

/**
 * The layers of a shortcut: options A (padding) and B (projection) of K. He et al., "Deep residual
 * learning for image recognition", CVPR 2016, sections 3.3 and 4.1.
 * @throws OptionError if there is no such shortcut, or it cannot do what it has to.
 */
export function shortcutLayers({ op, ...options }: ShortcutOptions): Layer[] {
  const { channels, filters, strides } = options;
  const isUnchanged = strides === 1 && channels === filters;
  const { shortcut = isUnchanged ? 'identity' : 'projection' } = options;
  checkChoice(op, { shortcut }, ['identity', 'projection', 'padding']);
  if (shortcut === 'projection') return projection(options);
  if (isUnchanged) return [];
  if (shortcut === 'padding' && filters > channels) return padding(options);
  throw new OptionError({
    op,
    expected: `shortcut to be 'projection', which goes from ${channels} channels to ${filters} with strides ${strides}`,
    received: `'${shortcut}'`,
  });
}

function projection({ filters, strides, useBias, normalization }: Options): Layer[] {
  return normalizedConvolution({
    filters,
    kernelSize: 1,
    strides,
    useBias,
    normalization,
    name: 'shortcut',
  });
}

/** Without weights. Channels stand where the width was while zeros are put behind them. */
function padding({ channels, filters, strides }: Options): Layer[] {
  const swap = permute({ dims: [1, 3, 2] });
  const more = filters - channels;
  return [
    maxPooling2d({ poolSize: 1, strides, name: 'everySecondPixel' }),
    swap,
    zeroPadding2d({
      padding: [
        [0, 0],
        [0, more],
      ],
      name: 'moreChannels',
    }),
    swap,
  ];
}

type Options = Omit<ShortcutOptions, 'op' | 'shortcut'>;
