import { dirname, join } from 'node:path';
import * as ts from 'typescript';

const root = join(__dirname, '../../..');

/** How the project is checked, but that nothing is written. */
export function projectOptions(): ts.CompilerOptions {
  const file = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file));
  return { ...options, noEmit: true };
}

/** Files that were read, for all programs: to read every package takes seconds. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** What reads files from the disk, each of them once. */
export function projectHost(options: ts.CompilerOptions): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  return {
    ...disk,
    getSourceFile(file, ...rest) {
      if (!sources.has(file)) sources.set(file, disk.getSourceFile(file, ...rest));
      return sources.get(file);
    },
  };
}
