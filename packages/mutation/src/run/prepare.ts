import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { findMutants } from '../mutants/findMutants';
import { legalMutants } from '../mutants/legalMutants';
import type { Mutant } from '../mutants/mutant';
import { checkRemarks, remarkOn, type RemarksOf } from '../remarks/remark';
import { sample, type SampleSize } from '../sample';
import { groupOf, type Target } from '../targets';
import { hash, type Sources } from './sources';

/** Which mutants of a package are wanted. */
export interface Wanted {
  readonly target: Target;
  readonly remarks: RemarksOf;
  readonly size: SampleSize;
  /** Only of files whose path contains this. */
  readonly file?: string | undefined;
}

/** The mutants of a package. */
export interface Prepared {
  /** How many there are in all. */
  readonly found: number;
  /** How many of them remarks leave out. */
  readonly leftOut: number;
  readonly drawn: readonly Mutant[];
}

/** More are drawn at first than are wanted, as the type checker will refuse some. */
const spare = 1.3;

/**
 * Finds the mutants of a package and draws some that the type checker accepts.
 * @param cache a file that keeps what the type checker said.
 * @throws IdleRemarks if a remark is about none of them.
 */
export function prepare(
  sources: Sources,
  { target, remarks, size, file = '' }: Wanted,
  cache: string,
): Prepared {
  const files = sources.list(`packages/${target.name}/src`);
  const program = programOf(sources, files);
  const pathOf = (one: string): string => join(sources.root, one).replaceAll('\\', '/');
  const found = files.flatMap((one) => findMutants({ program, path: pathOf(one), file: one }));
  checkRemarks(remarks, found);
  const left = found.filter((one) => remarkOn(remarks, one)?.kind !== 'leftOut');
  const asked = left.filter((one) => one.file.includes(file));
  const groupNameOf = (one: Mutant): string => groupOf(target, one.file).name;
  const more = {
    ...size,
    mutants: Math.ceil(size.mutants * spare),
    ofGroup: Math.ceil(size.ofGroup * spare),
  };
  const first = sample(asked, groupNameOf, more);
  const verdicts = new Verdicts(cache, sources);
  const unknown = first.filter((one) => verdicts.of(one) === undefined);
  const accepted = new Set(legalMutants(unknown, { program, pathOf }));
  verdicts.put(unknown, accepted);
  const legal = first.filter((one) => verdicts.of(one));
  return {
    found: found.length,
    leftOut: found.length - left.length,
    drawn: sample(legal, groupNameOf, size),
  };
}

/** The program of some files, with the repository's compiler options. */
function programOf({ root }: Sources, files: readonly string[]): ts.Program {
  const configPath = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(configPath, (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  // Only the options are wanted: an empty list of files keeps the folders from being searched.
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  return ts.createProgram(
    files.map((file) => join(root, file)),
    {
      ...options,
      noEmit: true,
      // An error that leaves something unused, or out of reach, can be run all the same.
      noUnusedLocals: false,
      noUnusedParameters: false,
      allowUnreachableCode: true,
    },
  );
}

/** What the type checker said of mutants, kept in a file as long as theirs does not change. */
class Verdicts {
  private readonly known: Record<string, boolean>;

  constructor(
    private readonly path: string,
    private readonly sources: Sources,
  ) {
    this.known = existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, boolean>)
      : {};
  }

  of(mutant: Mutant): boolean | undefined {
    return this.known[this.keyOf(mutant)];
  }

  put(mutants: readonly Mutant[], legal: ReadonlySet<Mutant>): void {
    for (const one of mutants) this.known[this.keyOf(one)] = legal.has(one);
    writeFileSync(this.path, JSON.stringify(this.known));
  }

  private keyOf({ file, key }: Mutant): string {
    return hash(`${ts.version} ${key} ${this.sources.text(file)}`);
  }
}
