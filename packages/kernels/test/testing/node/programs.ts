import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tensor } from '@gradus/tensor';

/** How what programs are asked for is computed, and the tensors they are given. */
export const settings = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: 'valid',
  groups: 1,
} as const;
export const x = tensor(Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8), [1, 3, 3, 1]);
export const filter = tensor(Float64Array.of(1, 0, 0, -1), [2, 2, 1, 1]);
export const dy = tensor(Float64Array.of(1, 2, 3, 4), [1, 2, 2, 1]);

/** Folders of questions that were not removed. */
export const leftover = (): string[] =>
  readdirSync(tmpdir()).filter((one) => /^gradus-port-/.test(one));

/** Has folders made apart from the common one, where other programs have some of the same name. */
export function inOwnTemporaryFolder(): void {
  const common = process.env['TMPDIR'];
  before(() => {
    process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'gradus-test-'));
  });
  after(() => {
    const own = tmpdir();
    if (common === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = common;
    rmSync(own, { recursive: true });
  });
}

/** A program in Perl, which starts quickly. */
export const program = (code: string): string[] => ['perl', '-e', `my $folder = $ARGV[0]; ${code}`];

/** Writes an array of doubles, or of what else there is in it, as the result of a convolution of x. */
export const write = (data: string): string =>
  `open my $file, '>:raw', "$folder/result.npy"; ` +
  `my $header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2, 2, 1)}"; ` +
  `print $file "\\x93NUMPY\\x01\\x00v\\x00", sprintf("%-117s\\n", $header), ${data}; close $file;`;
