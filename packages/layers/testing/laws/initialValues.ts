import type { Shape } from '@gradus/tensor';
import { defineLaw, noTolerance, type Law, type Subject } from '@gradus/tensor/testing';
import fc from 'fast-check';
import { initializers, type Initializer, type Layer } from '../../src/index';
import { buildLayer, layerPath } from '../builtLayer';

/** A layer whose options say how its weights begin, as laws see it. */
export interface InitializedLayer extends Subject {
  /** Which option says it of which weight: `{ pointwiseInitializer: 'pointwiseKernel' }`. */
  readonly weights: Readonly<Record<string, string>>;
  /** Makes the layer with initializers for these options. */
  create(options: Readonly<Record<string, Initializer>>): Layer;
  /** The shape of one sample. */
  readonly input: Shape;
}

interface InitialValuesCase {
  /** By the options. */
  readonly values: Readonly<Record<string, number>>;
}

/** What holds of the first values of every layer's weights. */
export const initialValuesLaws: readonly Law<InitializedLayer>[] = [
  defineLaw<InitializedLayer, InitialValuesCase>({
    name: 'layer/begins-as-its-initializers-say',
    statement:
      'If the initializer of a weight w is the constant c, then w = c, whatever the others.',
    source: 'Keras: an argument NAME_initializer is the initializer of the weight NAME',
    domain: 'every layer with such options; float64 and float32',
    tolerance: noTolerance,
    excuse: ({ weights }) =>
      Object.keys(weights).length > 0 ? undefined : 'it has no initializers',
    // Multiples of 1/64, all different: the remainder by the number of options tells which one it is.
    cases: ({ weights }) => {
      const options = Object.keys(weights);
      const values = options.map(
        (option, i) =>
          [option, fc.nat({ max: 64 }).map((n) => (n * options.length + i + 1) / 64)] as const,
      );
      return fc.record({ values: fc.record(Object.fromEntries(values)) });
    },
    holds: (subject, { values }) => {
      for (const dtype of ['float64', 'float32'] as const) {
        const layer = subject.create(constants(values));
        const { variables } = buildLayer({ layer, input: subject.input, seed: 0 }, dtype);
        for (const [option, weight] of Object.entries(subject.weights)) {
          const variable = variables.find(({ name }) => name === `${layerPath}/${weight}`);
          if (variable === undefined) throw new Error(`it has no weight ${weight}.`);
          const other = variable.value.toTypedArray().find((value) => value !== values[option]);
          if (other === undefined) continue;
          throw new Error(
            `expected ${values[option]} in ${weight} (${option}); received ${other}.`,
          );
        }
      }
    },
  }),
];

function constants(
  values: Readonly<Record<string, number>>,
): Readonly<Record<string, Initializer>> {
  return Object.fromEntries(
    Object.entries(values).map(([option, value]) => [option, initializers.constant(value)]),
  );
}
