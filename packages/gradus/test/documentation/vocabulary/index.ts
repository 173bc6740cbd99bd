import { join } from 'node:path';
import { split, stack } from '@gradus/autodiff';
import { operations } from '@gradus/autodiff/testing';
import { layerFactories } from '@gradus/layers';
import { vocabularyPage } from './vocabularyPage';

const packages = join(__dirname, '../../../..');

/** The page docs/vocabulary.md, as the code now is. */
export function currentVocabulary(): string {
  return vocabularyPage({
    operations: operationNames(),
    layers: Object.keys(layerFactories),
    packages,
  });
}

/** The names of all operations, and of those that take or give lists. */
function operationNames(): readonly string[] {
  return [...operations.map(({ definition }) => definition.name), stack.name, split.name];
}
