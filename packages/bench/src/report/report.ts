import type { Row } from '../harness/row';
import type { Machine } from './machine';

/** What `--json` writes. */
export interface Report {
  readonly machine: Machine;
  readonly engine: string;
  /** By contestant. */
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}
