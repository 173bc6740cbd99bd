import { reshape } from '@gradus/autodiff';
import { formatShape, ShapeError, type Shape, type Tensor } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { frozenOptions } from '../options/frozenOptions';
import { defineLayer, type Layer } from '../core/layer';
import {
  checkNormalized,
  gammaAndBeta,
  standardized,
  type NormalizedConfig,
} from './scaleAndShift';
import { sampleAxes } from '../options/sampleAxes';

/** Options of `groupNormalization`, with Keras's names and defaults. */
export interface GroupNormalizationConfig extends NormalizedConfig {
  /** Into how many groups the channels are divided; -1 makes each channel one. Default 32. */
  readonly groups?: number;
  /** The axis of the channels; 0 is the batch. Default -1, the last. */
  readonly axis?: number;
}

/**
 * Group normalisation (Y. Wu, K. He, arXiv:1803.08494): of each sample by itself, each group of
 * neighbouring channels is shifted and scaled to mean 0 and variance 1 over all their pixels, in
 * training and outside alike; then each channel is multiplied with its gamma, and beta is added. These
 * are its weights, [channels]. One group is layer normalisation over all axes of a sample, and as many
 * groups as channels are instance normalisation.
 * @throws OptionError if an option is out of range.
 * @throws ShapeError, when it is built, if a sample has no such axis, or the groups cannot share it.
 */
export function groupNormalization(given: GroupNormalizationConfig = {}): Layer {
  const config = frozenOptions('groupNormalization', given);
  const { groups = 32, axis = -1, epsilon = 1e-3 } = config;
  if (groups !== -1) checkWhole('groupNormalization', { groups });
  checkWhole('groupNormalization', { axis }, Number.MIN_SAFE_INTEGER);
  checkNormalized('groupNormalization', config);
  const channelAxis = (input: Shape): number => {
    const [at] = sampleAxes('groupNormalization', axis, input) as [number];
    checkGroups(input, at - 1, groups);
    return at - 1;
  };
  return defineLayer<Tensor>({
    kind: 'groupNormalization',
    name: config.name,
    config,
    outputShape(input) {
      channelAxis(input);
      return input;
    },
    build(input, scope) {
      const at = channelAxis(input);
      const channels = input[at]!;
      const count = groups === -1 ? channels : groups;
      const grouped = input.toSpliced(at, 1, count, channels / count);
      // Axis 0 of a batch is the batch; in what is grouped, the groups stand where the channels did.
      const axes = grouped.map((_, i) => i + 1).filter((i) => i !== at + 1);
      const broadcast = input.map((size, i) => (i === at ? size : 1));
      const rescale = gammaAndBeta(config, { scope, shape: [channels], broadcast });
      return (x) => {
        const batch = x.shape[0]!;
        const z = standardized(reshape(x, [batch, ...grouped]), { axes, epsilon });
        return rescale(reshape(z, [batch, ...input]));
      };
    },
  });
}

function checkGroups(input: Shape, at: number, groups: number): void {
  const channels = input[at]!;
  if (channels > 0 && (groups === -1 || channels % groups === 0)) return;
  throw new ShapeError({
    op: 'groupNormalization',
    expected: `at least one channel, and as many as ${groups} group${groups === 1 ? '' : 's'} can share`,
    received: formatShape(input),
    hint: channels > 0 ? `Axis ${at + 1} is ${channels}; groups has to divide it.` : undefined,
  });
}
