import { mutantToLine, type Mutant } from '../mutants/mutant';

/**
 * - `leftOut`: nothing that tests should notice; never drawn.
 * - `equivalent`: no test could notice it; not counted.
 * - `survivor`: it could be noticed, but is not; counted, and explained.
 */
export type RemarkKind = 'leftOut' | 'equivalent' | 'survivor';

/** Which mutants a reader has judged, and why so. */
export interface Remark {
  readonly kind: RemarkKind;
  /** From the package's `src`; a folder ends with a slash. */
  readonly file: string;
  /** A function, constant or property around them. */
  readonly within?: string;
  /** What their lines contain. */
  readonly code?: string;
  readonly operator?: string;
  /** `original → replacement`, as survivors are printed. */
  readonly change?: string;
  readonly why: string;
}

/** The remarks on one package. */
export interface RemarksOf {
  readonly target: string;
  readonly remarks: readonly Remark[];
}

/** Whether a remark is about a mutant of its package. */
export function isAbout(target: string, remark: Remark, mutant: Mutant): boolean {
  const path = mutant.file.slice(`packages/${target}/src/`.length);
  const { file, within, code, operator, change } = remark;
  return (
    (path === file || (/(^|\/)$/.test(file) && path.startsWith(file))) &&
    (within === undefined || mutant.within.includes(within)) &&
    (code === undefined || mutant.code.includes(code)) &&
    (operator === undefined || mutant.operator === operator) &&
    (change === undefined || change === `${mutant.original} → ${mutant.replacement}`)
  );
}

/** The first remark about a mutant. */
export function remarkOn({ target, remarks }: RemarksOf, mutant: Mutant): Remark | undefined {
  return remarks.find((remark) => isAbout(target, remark, mutant));
}

/** Remarks whose code is gone. */
export class IdleRemarks extends Error {
  override readonly name = 'IdleRemarks';
}

/**
 * @throws IdleRemarks if a remark is about none of the mutants: its code has changed, and it must be judged
 * anew.
 */
export function checkRemarks({ target, remarks }: RemarksOf, mutants: readonly Mutant[]): void {
  const idle = remarks.filter((remark) => !mutants.some((one) => isAbout(target, remark, one)));
  if (idle.length === 0) return;
  const lines = idle.map((remark) => `  ${JSON.stringify(remark)}`);
  throw new IdleRemarks(`${target}: no mutant is as these remarks say:\n${lines.join('\n')}`);
}

/** For a list of mutants: what a reader says, beside each. */
export function mutantWithRemark(mutant: Mutant, remark: Remark | undefined): string {
  const line = mutantToLine(mutant);
  return remark === undefined ? line : `${line} (${remark.kind}: ${remark.why})`;
}
