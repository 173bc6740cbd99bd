import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { switchName, withSwitches, type Switched } from '../mutants/withSwitches';

/** A repository's TypeScript, compiled file by file into a folder of results that are kept. */
export class Sources {
  private readonly texts = new Map<string, string>();

  /** @param cache where compiled files are kept, by a hash of their source. */
  constructor(
    readonly root: string,
    private readonly cache: string,
  ) {
    mkdirSync(cache, { recursive: true });
  }

  /** The TypeScript files of a folder, with `/`, from the root. */
  list(folder: string): string[] {
    const path = join(this.root, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(this.root, join(entry.parentPath, entry.name)))
      .map((file) => file.split(sep).join('/'))
      .filter((file) => !file.includes('node_modules/') && !file.endsWith('.d.ts'))
      .toSorted();
  }

  /** The text of a file; as it was when it was first asked for. */
  text(file: string): string {
    const known = this.texts.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(join(this.root, file), 'utf8');
    this.texts.set(file, text);
    return text;
  }

  /** The file of JavaScript that stands for a file, with the switches of mutants in it. */
  compiled(file: string, mutants: readonly Switched[] = []): string {
    const text = withSwitches(this.text(file), mutants);
    const path = join(this.cache, `${hash(`${compilerVersion} ${file}\n${text}`)}.js`);
    if (!existsSync(path)) writeFileSync(path, toJavaScript(text, file, mutants.length > 0));
    return path;
  }
}

/** A short hash of a text. */
export function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 20);
}

const compilerVersion = `1 ${ts.version}`;

function toJavaScript(text: string, file: string, isSwitched: boolean): string {
  const { outputText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  });
  // Looked up once for each file, not at each place.
  return isSwitched
    ? `"use strict";const ${switchName} = globalThis.${switchName};${outputText}`
    : outputText;
}
