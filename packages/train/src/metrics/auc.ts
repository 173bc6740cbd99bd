import type { Json } from '@gradus/layers';
import type { Tensor } from '@gradus/tensor';
import { checkText } from '@gradus/tensor/options';
import { madeOf, type Measurement, type MetricDefinition, type MetricOptions } from './metric';
import { savedCounts } from './savedCounts';
import { checkClassId, eachScore, type ScoreOptions } from './scores';

/** Options of `auc`. */
export interface AucOptions extends ScoreOptions, MetricOptions {}

/**
 * The area under the receiver operating characteristic, from 0 to 1: how likely a prediction for a
 * target of 1 is above one for a target of 0, where equal ones count one half (J. A. Hanley and B. J.
 * McNeil, "The Meaning and Use of the Area under a ROC Curve", 1982, Radiology 143(1)). It is exact,
 * where Keras's has 200 steps, and keeps all predictions of an epoch for that. 0 as long as all targets
 * are alike. Targets as for `precision`; logits will do as well as probabilities.
 * @throws OptionError if an option is out of its range.
 * @throws ShapeError, when measuring, if targets and predictions do not fit.
 */
export function auc(config: AucOptions = {}): MetricDefinition {
  const { classId, name = 'auc' } = config;
  checkClassId('auc', classId);
  checkText('auc', { name });
  return { ...madeOf('auc', config), name, start: () => startAuc(name, classId) };
}

function startAuc(name: string, classId: number | undefined): Measurement {
  let positives = new Float64Array();
  let negatives = new Float64Array();
  let hasNaN = false;
  return {
    add(yTrue: Tensor, yPred: Tensor) {
      const added: { yes: number[]; no: number[] } = { yes: [], no: [] };
      eachScore('auc', [yTrue, yPred], { classId })((score, isPositive) => {
        hasNaN ||= Number.isNaN(score);
        added[isPositive ? 'yes' : 'no'].push(score);
      });
      positives = merged(positives, Float64Array.from(added.yes).sort());
      negatives = merged(negatives, Float64Array.from(added.no).sort());
    },
    get value() {
      return hasNaN ? NaN : areaOf(positives, negatives);
    },
    state: () => [[...positives], [...negatives], hasNaN],
    restore(state) {
      const parts = Array.isArray(state) ? (state as readonly Json[]) : [];
      const [yes = null, no = null, isSpoilt] = parts;
      positives = Float64Array.from(savedCounts(name, yes));
      negatives = Float64Array.from(savedCounts(name, no));
      hasNaN = isSpoilt === true;
    },
  };
}

/** Both in order: training asks after every batch, when sorting anew would take most of the time. */
function merged(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const all = new Float64Array(a.length + b.length);
  let [i, j] = [0, 0];
  for (let place = 0; place < all.length; place++) {
    const fromA = j === b.length || (i < a.length && a[i]! <= b[j]!);
    all[place] = fromA ? a[i++]! : b[j++]!;
  }
  return all;
}

/** The share of pairs in which the positive is above the negative, both lists in order. */
function areaOf(positives: Float64Array, negatives: Float64Array): number {
  let [below, notAbove, pairs] = [0, 0, 0];
  for (const score of positives) {
    while (below < negatives.length && negatives[below]! < score) below++;
    while (notAbove < negatives.length && negatives[notAbove]! <= score) notAbove++;
    pairs += (below + notAbove) / 2;
  }
  const all = positives.length * negatives.length;
  return all === 0 ? 0 : pairs / all;
}
