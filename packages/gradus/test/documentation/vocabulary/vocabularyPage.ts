import { join } from 'node:path';
import { firstSentences } from './firstSentences';
import { kerasLayer, kerasOperation } from './kerasNames';

/** What the page lists. */
export interface Vocabulary {
  /** The names of all operations and of all layers. */
  readonly operations: readonly string[];
  readonly layers: readonly string[];
  /** Where their packages lie. */
  readonly packages: string;
}

/**
 * The page with every operation and layer, what Keras calls it, and what it is.
 * @throws Error if one has no docstring.
 */
export function vocabularyPage({ operations, layers, packages }: Vocabulary): string {
  const ofOperations = firstSentences(join(packages, 'autodiff/src'));
  const ofLayers = firstSentences(join(packages, 'layers/src'), ['filters/', 'initializers/']);
  return [
    '# Operations and layers, and what Keras calls them',
    '',
    '<!-- Written by `npm run docs:vocabulary` from the code; do not change it here. -->',
    '',
    'Names and defaults are those of Keras 3 and, where it has none, of TensorFlow. A dash says that',
    'neither has it.',
    '',
    '## Operations',
    '',
    ...table(operations, kerasOperation, ofOperations),
    '',
    '## Layers',
    '',
    'All under `layers`, such as `layers.conv2d`.',
    '',
    ...table(layers, kerasLayer, ofLayers),
    '',
  ].join('\n');
}

function table(
  names: readonly string[],
  keras: (name: string) => string,
  sentences: ReadonlyMap<string, string>,
): readonly string[] {
  const rows = [...names].sort().map((name) => {
    const sentence = sentences.get(name);
    if (sentence === undefined) throw new Error(`${name} has no docstring.`);
    const cells = [`\`${name}\``, codeOf(keras(name)), sentence.replaceAll('|', '\\|')];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| name | Keras | what it is |', '| --- | --- | --- |', ...rows];
}

function codeOf(name: string): string {
  return name.includes('.') ? `\`${name}\`` : name;
}
