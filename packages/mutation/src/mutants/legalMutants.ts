import ts from 'typescript';
import type { Mutant } from './mutant';

/** A program, and where it finds the files that mutants name. */
export interface Checked {
  readonly program: ts.Program;
  readonly pathOf: (file: string) => string;
}

/**
 * The mutants that the type checker accepts; the others are no errors that anyone could run. As many
 * files as possible are changed and checked at once, one mutant in each.
 */
export function legalMutants(
  mutants: readonly Mutant[],
  { program, pathOf }: Checked,
  progress: (done: number) => void = () => {},
): Mutant[] {
  const byFile = groupedByFile(mutants);
  const legal = new Set<Mutant>();
  const usual = new Map([...byFile.keys()].map((file) => [file, errors(program, pathOf(file))]));
  const turns = Math.max(0, ...[...byFile.values()].map(({ length }) => length));
  for (let turn = 0; turn < turns; turn++) {
    const changed = [...byFile.values()].flatMap((ofFile) => ofFile[turn] ?? []);
    const texts = new Map(
      changed.map((one) => [pathOf(one.file), mutatedText(program, one, pathOf)]),
    );
    const next = programWith(program, texts);
    for (const one of changed) {
      if (errors(next, pathOf(one.file)) <= usual.get(one.file)!) legal.add(one);
    }
    progress((turn + 1) / turns);
  }
  return mutants.filter((one) => legal.has(one));
}

function errors(program: ts.Program, path: string): number {
  const source = program.getSourceFile(path);
  return (
    program.getSemanticDiagnostics(source).length + program.getSyntacticDiagnostics(source).length
  );
}

function mutatedText(
  program: ts.Program,
  { file, start, end, replacement }: Mutant,
  pathOf: (file: string) => string,
): string {
  const { text } = program.getSourceFile(pathOf(file))!;
  return `${text.slice(0, start)}(${replacement})${text.slice(end)}`;
}

/** The program with other texts in some of its files. */
function programWith(program: ts.Program, texts: ReadonlyMap<string, string>): ts.Program {
  const options = program.getCompilerOptions();
  const host = ts.createCompilerHost(options);
  return ts.createProgram({
    rootNames: program.getRootFileNames(),
    options,
    oldProgram: program,
    host: {
      ...host,
      fileExists: (path) => program.getSourceFile(path) !== undefined || host.fileExists(path),
      getSourceFile(path, version, ...rest) {
        const text = texts.get(path);
        if (text !== undefined) return ts.createSourceFile(path, text, version);
        return program.getSourceFile(path) ?? host.getSourceFile(path, version, ...rest);
      },
    },
  });
}

function groupedByFile(mutants: readonly Mutant[]): Map<string, Mutant[]> {
  const groups = new Map<string, Mutant[]>();
  for (const one of mutants) groups.set(one.file, [...(groups.get(one.file) ?? []), one]);
  return groups;
}
