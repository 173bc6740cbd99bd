import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * What the docstring of each name that the files of a folder export says first.
 * @param except folders in it whose names are others of the same spelling.
 */
export function firstSentences(
  folder: string,
  except: readonly string[] = [],
): ReadonlyMap<string, string> {
  const sentences = new Map<string, string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || except.some((name) => file.startsWith(name))) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      const sentence = firstSentenceOf(statement);
      if (sentence === undefined) continue;
      for (const name of namesOf(statement)) sentences.set(name, sentence);
    }
  }
  return sentences;
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : [];
  if (!ts.isVariableStatement(statement)) return [];
  const names = statement.declarationList.declarations.map(({ name }) => name);
  return names.filter(ts.isIdentifier).map(({ text }) => text);
}

function firstSentenceOf(statement: ts.Statement): string | undefined {
  const docs = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  const comment = ts.getTextOfJSDocComment(docs.at(-1)?.comment);
  if (comment === undefined) return undefined;
  const text = comment.replace(/\s+/g, ' ').trim();
  // A stop ends a sentence if a space and a capital letter follow it, and no initial is before it.
  return /^.*?[^A-Z]\.(?= [A-Z0-9]|$)/.exec(text)?.[0] ?? text;
}
