import { withBackend } from '@gradus/autodiff';
import { defineLaw, noTolerance, type Law } from '@gradus/tensor/testing';
import type { Value } from '../../../src/index';
import type { Subject as BuildSubject } from '../../builtLayer';
import { checkBatches, checkDeterminism, checkSharing, checkState } from '../../checkConduct';
import { checkErrors } from '../../checkErrors';
import { checkSaving } from '../../checkSaving';
import type { LayerCase } from '../../generators';
import { drawnFrom, subjectOf } from './arithmeticLaws';
import type { LayerImplementation } from './implementation';

type LayerLaw = Law<LayerImplementation>;

/** What a law of conduct says. */
interface Conduct extends Pick<LayerLaw, 'name' | 'statement' | 'source' | 'domain'> {
  readonly check: (subject: BuildSubject<Value, Value>, drawn: LayerCase) => void;
  readonly tolerance?: LayerLaw['tolerance'];
}

function conductLaw({ check, tolerance = noTolerance, ...law }: Conduct): LayerLaw {
  return defineLaw({
    ...law,
    tolerance,
    cases: drawnFrom,
    holds: ({ engine }: LayerImplementation, drawn) =>
      withBackend(engine, () => check(subjectOf(drawn), drawn.drawn)),
  });
}

/** What holds of layers as parts of models, whatever they compute. */
export const layerConductLaws: readonly LayerLaw[] = [
  conductLaw({
    name: 'layer/samples-apart',
    statement: 'F([x_1, ..., x_n]) = [F(x_1), ..., F(x_n)].',
    source: 'Outside training, what is computed for a sample is a function of it and the weights.',
    domain: 'outside training; float64',
    tolerance: { float64: 1e-12, float32: 1e-12 },
    check: checkBatches,
  }),
  conductLaw({
    name: 'layer/same-seed-same-bits',
    statement:
      'One seed gives the same bits: first weights, results, and what is drawn in training.',
    source: 'The contract of layers: they draw from the random stream that they are called with.',
    domain: 'in training and outside; float32',
    check: checkDeterminism,
  }),
  conductLaw({
    name: 'layer/one-set-of-weights',
    statement: 'Built twice in one model, a layer has one set of weights, and computes the same.',
    source: 'The contract of layers: an object that is applied twice shares its weights.',
    domain: 'outside training; float32',
    check: checkSharing,
  }),
  conductLaw({
    name: 'layer/state-in-training-only',
    statement:
      'Calls change nothing; in training they ask for updates of what optimizers leave alone.',
    source: 'The contract of layers: updates are collected, and applied after the step.',
    domain: 'in training and outside; float32',
    check: checkState,
  }),
  conductLaw({
    name: 'layer/saved-and-read',
    statement: 'Written as JSON and read again, it gives the same bits.',
    source: 'A configuration says all that a layer is.',
    domain: 'in training and outside; float64',
    check: (subject, { reading }) => checkSaving(subject, reading),
  }),
  conductLaw({
    name: 'layer/other-shapes',
    statement:
      'Of samples of other shapes it gives what outputShape says, or throws an error that names it.',
    source: 'The contract of layers: errors teach.',
    domain: 'an axis less, one or two more, and axes of size 0',
    check: checkErrors,
  }),
];
