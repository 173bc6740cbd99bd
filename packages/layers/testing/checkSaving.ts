import { layerFromJson, layerToJson, type ReadingOptions, type Value } from '../src/index';
import { expectClose, named } from '@gradus/tensor/testing';
import { buildLayer, drawInputs, moveWeights, type Subject } from './builtLayer';

/**
 * Checks that a layer, written as text and read again, is an equal one: it is written alike, has weights
 * of the same names, first values and trainability, and gives the same results with the same weights.
 */
export function checkSaving<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  reading: ReadingOptions,
): void {
  named('saved and read again', () => {
    const text = JSON.stringify(layerToJson(subject.layer, reading));
    const layer = layerFromJson<In, Out>(JSON.parse(text), reading);
    const { kind, name } = subject.layer;
    expectEqual('kind and name', `${layer.kind} ${layer.name}`, `${kind} ${name}`);
    expectEqual('the text', JSON.stringify(layerToJson(layer, reading)), text);
    compareModels(subject, { ...subject, layer });
  });
}

function compareModels<In extends Value, Out extends Value>(
  subject: Subject<In, Out>,
  read: Subject<In, Out>,
): void {
  const [one, other] = [buildLayer(subject, 'float64'), buildLayer(read, 'float64')];
  const listed = ({ variables }: typeof one): string =>
    variables.map((variable) => `${variable.name} ${variable.trainable}`).join(', ');
  expectEqual('weights', listed(other), listed(one));
  one.variables.forEach((variable, i) =>
    named(`first values of ${variable.name}`, () =>
      expectClose(other.variables[i]!.value, variable.value, { relative: 0 }),
    ),
  );
  moveWeights(one, subject.seed);
  moveWeights(other, subject.seed);
  const inputs = drawInputs(subject, 2);
  for (const training of [false, true]) {
    const expected = one.run(inputs, training);
    const found = other.run(inputs, training);
    found.forEach(([name, y], i) =>
      named(`result ${name}`.trim(), () => expectClose(y, expected[i]![1], { relative: 0 })),
    );
  }
}

function expectEqual(what: string, received: string, expected: string): void {
  if (received === expected) return;
  throw new Error(`${what}: expected ${expected}; received ${received}.`);
}
