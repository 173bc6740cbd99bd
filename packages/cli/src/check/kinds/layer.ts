import type { Layer, Value } from 'gradus';
import type { LayerExpectations } from 'gradus/testing';
import { Failure } from '../../failure';
import type { CheckSettings } from '../settings';
import { isRecord, type Check, type Findings, defineKind } from './kind';

type AnyLayer = Layer<Value, Value>;

/** What `checkLayer` is told, of which only the input is needed here. */
interface LayerToCheck extends Partial<LayerExpectations<Value, Value>> {
  readonly layer: AnyLayer;
}

/** A layer with the shape of one sample. */
export const layerKind = defineKind<AnyLayer | LayerToCheck>({
  name: 'layer',
  form: '{ layer, input: [28, 28, 1] }',
  fits: (exported): exported is AnyLayer | LayerToCheck =>
    isLayer(exported) || (isRecord(exported) && isLayer(exported['layer'])),
  nameOf: (exported) => {
    const layer = isLayer(exported) ? exported : exported.layer;
    return layer.name ?? layer.kind;
  },
  examine(exported, settings) {
    if (isLayer(exported) || exported.input === undefined) {
      throw new Failure('a layer needs the shape of one sample: { layer, input: [28, 28, 1] }.');
    }
    return findings({ ...exported, input: exported.input }, settings);
  },
});

function findings(
  { layer, input, ...given }: LayerToCheck & Pick<LayerExpectations<Value, Value>, 'input'>,
  settings: CheckSettings,
): Findings {
  const { testing, engines, seed, runs = 1 } = settings;
  const found = testing.foundInLayer(layer, input);
  const partsAt = (seed: number): readonly Check[] =>
    testing
      .layerChecks(layer, { ...found, ...given, input, engines, seed })
      .map(({ name, check }) => ({ name, run: () => (check(), { cases: 1 }) }));
  const first = given.seed ?? seed;
  const unreadable = given.reading === undefined ? whyNotRead(layer, settings) : undefined;
  return {
    found: describe({ input, ...found }),
    checks: partsAt(first).map(({ name }, part) => ({
      name,
      run() {
        if (name.startsWith('saved') && unreadable !== undefined) {
          return { cases: 0, excuse: unreadable };
        }
        for (let run = 0; run < runs; run++) {
          const again = partsAt(first + run)[part]!.run;
          if (run === 0) again();
          else testing.named(`seed ${first + run}`, again);
        }
        return { cases: runs };
      },
    })),
  };
}

/** A layer of one's own can be read again only by those who know how it is made. */
function whyNotRead(layer: AnyLayer, { gradus }: CheckSettings): string | undefined {
  try {
    gradus.layers.layerFromJson(gradus.layers.layerToJson(layer));
    return undefined;
  } catch (error) {
    return `it needs reading. ${(error as Error).message}`;
  }
}

function describe({
  input,
  outputShape,
  weights,
  parameters: { trainable, nonTrainable },
}: Omit<LayerExpectations<Value, Value>, 'seed' | 'reading' | 'engines'>): string {
  const names = Object.entries(weights).map(([name, shape]) => `${name} ${inWords(shape)}`);
  return [
    `${inWords(input)} to ${inWords(outputShape(input))}`,
    names.length === 0 ? 'no weights' : `weights ${names.join(', ')}`,
    `${trainable} numbers to train${nonTrainable > 0 ? `, ${nonTrainable} others` : ''}`,
  ].join('; ');
}

/** A shape, or several in a list or by name. */
function inWords(shapes: unknown): string {
  return JSON.stringify(shapes).replaceAll(',', ', ');
}

function isLayer(x: unknown): x is AnyLayer {
  return isRecord(x) && typeof x['build'] === 'function' && typeof x['outputShape'] === 'function';
}
