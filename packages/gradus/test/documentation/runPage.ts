import { createRequire, SourceMap, type SourceMapPayload } from 'node:module';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';
import * as ts from 'typescript';
import type { Page, PrintedLine } from './page';
import { inPageFolder } from './pageFolder';

type Locate = (error: unknown) => number | undefined;

/** Runs a page's program. Returns what differs from its `// →` comments, or nothing. */
export async function runPage(page: Page): Promise<string | undefined> {
  const { code, locate } = compile(page);
  const printed: PrintedLine[] = [];
  const log = (...values: unknown[]): void => {
    const line = locate(new Error()) ?? 0;
    for (const text of format(...values).split('\n')) printed.push({ line, text: text.trim() });
  };
  const program = compileFunction(code, ['require', 'exports', 'console'], { filename: page.path });
  try {
    await inPageFolder(page, () =>
      (program as Program)(createRequire(__filename), {}, { ...console, log }),
    );
  } catch (error) {
    return `${page.path}:${locate(error) ?? 1}: ${String(error)}`;
  }
  return firstDifference(page, printed);
}

type Program = (require: NodeJS.Require, exports: object, console: Console) => Promise<void>;

/** The program as the body of a function, and a way from an error back to the line of the page. */
function compile(page: Page): { code: string; locate: Locate } {
  const { outputText, sourceMapText } = ts.transpileModule(page.runnable, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      sourceMap: true,
    },
    fileName: page.path.replace(/\.md$/, '.ts'),
  });
  const map = new SourceMap(JSON.parse(sourceMapText ?? '') as SourceMapPayload);
  // The wrapper adds no line of its own, so that the map still fits.
  const code = `return (async () => { ${outputText}\n})();`;
  const locate: Locate = (error) => {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const frame = stack.split('\n').find((line) => line.includes(`${page.path}:`));
    const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame ?? '') ?? [];
    if (line === undefined || column === undefined) return undefined;
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    return 'originalLine' in entry ? entry.originalLine + 1 : undefined;
  };
  return { code, locate };
}

function firstDifference({ path, expected }: Page, printed: PrintedLine[]): string | undefined {
  for (let i = 0; i < Math.max(expected.length, printed.length); i++) {
    const [want, got] = [expected[i], printed[i]];
    if (want?.text === got?.text) continue;
    if (want === undefined)
      return `${path}:${got!.line}: printed "${got!.text}", which no // → names`;
    if (got === undefined)
      return `${path}:${want.line}: expected "${want.text}"; nothing was printed`;
    return `${path}:${want.line}: expected "${want.text}"; line ${got.line} printed "${got.text}"`;
  }
  return undefined;
}
