import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ModelName } from '../src/index';
import type { Classified } from './programs/classifyOne';

/** What each may take at most, MiB: 2048 was asked of ResNet-50. */
const limits: readonly [ModelName, memory: number][] = [
  ['mobilenet-v1', 600],
  ['googlenet', 600],
  ['resnet-18', 600],
  ['resnet-50', 900],
  ['alexnet', 1100],
  ['vgg-16', 2048],
];

const fromSources = join(__dirname, '../../../scripts/fromSources.cjs');

/** Drawing 250 million weights takes a minute, and much memory: on request only. */
const requested = process.env['GRADUS_LARGE_MODELS'] !== undefined;

describe('A large network, with GRADUS_LARGE_MODELS set,', function () {
  this.timeout(600_000);

  for (const [name, limit] of limits) {
    it(`gives one image of its real size probabilities: ${name}`, function () {
      if (!requested) return this.skip();
      const program = join(__dirname, 'programs/classifyOne.ts');
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--require', fromSources, program, name],
        { encoding: 'utf8' },
      );
      expect(stderr).to.equal('');
      const { sum, isFinite, memory } = JSON.parse(stdout) as Classified;
      expect(isFinite).to.equal(true);
      expect(sum).to.be.closeTo(1, 1e-5);
      expect(memory).to.be.below(limit);
    });
  }
});
