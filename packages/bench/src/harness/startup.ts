import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { ContestantFailure } from './contestant';

/** [[1, 2], [3, 4]] times [[5, 6], [7, 8]], as the programs print it. */
const product = '19 22 43 50';

/**
 * Seconds from the start of a process that runs `file` until it has printed the product of two 2x2
 * matrices.
 * @throws ContestantFailure if it prints anything else, fails, or takes too long.
 */
export function timeStartup(file: string, limitMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, complaints] = ['', ''];
    const fail = (reason: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new ContestantFailure(reason));
    };
    const timer = setTimeout(() => fail(`took longer than ${limitMs / 1000} s`), limitMs);
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      if (!output.split('\n').slice(0, -1).includes(product)) return;
      const seconds = (performance.now() - start) / 1000;
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(seconds);
    });
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    child.on('error', (error) => fail(`cannot be run: ${error.message}`));
    child.on('close', () => {
      const line = complaints.split('\n').find((text) => /^\w*Error/.test(text)) ?? output.trim();
      fail(`printed no product ${product}${line === '' ? '' : `: ${line.slice(0, 200)}`}`);
    });
  });
}
