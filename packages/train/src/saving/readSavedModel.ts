import { FormatError } from '@gradus/io';
import { isRecord } from '@gradus/tensor/options';
import { readVersions, savedFormat, type SavedModel, type SavedShapes } from './savedModel';

/**
 * What the metadata say of a model.
 * @throws FormatError if they say something else, or nothing.
 */
export function readSavedModel(text: string | undefined): SavedModel {
  if (text === undefined) {
    throw notAModel('a file written by encodeModel', 'one without a model', {
      hint: 'loadWeights takes weights alone into a model that is there.',
    });
  }
  const saved = parsed(text);
  if (!isRecord(saved) || saved['format'] !== savedFormat) {
    throw notAModel(`metadata with format '${savedFormat}'`, describe(saved));
  }
  if (!readVersions.includes(saved['version'])) {
    throw notAModel(`version ${readVersions.join(' or ')}`, String(saved['version']), {
      hint: 'It was written by another version of this library.',
    });
  }
  if (isSavedModel(saved)) return saved;
  throw notAModel('name, seed, dtype, inputShape, frozen and layer of a model', describe(saved));
}

function isSavedModel(saved: object): saved is SavedModel {
  const { name, seed, dtype, inputShape, frozen, layer } = saved as Partial<SavedModel>;
  return (
    typeof name === 'string' &&
    Number.isFinite(seed) &&
    (dtype === 'float32' || dtype === 'float64') &&
    areShapes(inputShape) &&
    Array.isArray(frozen) &&
    isRecord(layer)
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw notAModel('metadata that are JSON', 'something else');
  }
}

function areShapes(value: unknown): value is SavedShapes {
  const isShape = (shape: unknown): boolean =>
    Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  return (
    isShape(value) ||
    (typeof value === 'object' && value !== null && Object.values(value).every(isShape))
  );
}

function describe(value: unknown): string {
  return isRecord(value) ? `one of ${Object.keys(value).join(', ')}` : typeof value;
}

function notAModel(expected: string, received: string, more: { hint?: string } = {}): FormatError {
  return new FormatError({ op: 'decodeModel', expected, received, ...more });
}
