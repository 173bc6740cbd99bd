import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Task } from '../../src/cases/task';
import { expectedResult } from '../../src/expected';
import { consensus, largestDifference } from '../../src/harness/agreement';
import { Contestant } from '../../src/harness/contestant';
import { defaultCache, installationFolder } from '../../src/peers/install';
import { peers } from '../../src/peers/peers';
import { fromSources } from '../fakes/fakeContestants';
import { smallTasks } from '../smallTasks';

const networkTasks: readonly Task[] = [
  { kind: 'inference', network: 'mnistCnn', batch: 3 },
  { kind: 'training', network: 'mnistCnn', batch: 3 },
  { kind: 'training', network: 'lenet5', batch: 3 },
  { kind: 'training', network: 'residualChain', batch: 2 },
  { kind: 'training', network: 'filter3', batch: 2 },
];

/** What each peer can do, of all tasks. */
const abilities: Readonly<Record<string, (task: Task) => boolean>> = {
  'tfjs-wasm': () => true,
  'tfjs-cpu': () => true,
  'jax-js': () => true,
  'ort-web': ({ kind }) =>
    !['conv2dFilterGradient', 'conv2dInputGradient', 'training'].includes(kind),
  convnetjs: (task) =>
    !['matMul', 'elementwise'].includes(task.kind) &&
    !(task.kind === 'conv2dInputGradient' && task.kernel % 2 === 0) &&
    !(task.kind === 'training' && task.network === 'residualChain'),
};

/** Minutes of others' work, so only on request, and only of those that a benchmark has installed. */
const requested = process.env['GRADUS_BENCH_PEERS'] !== undefined;

describe('An installed peer', function () {
  this.timeout(600_000);
  const results = new Map<Task, Float32Array[]>();

  for (const { name, child, packages } of peers) {
    const folder = installationFolder(defaultCache(), child, packages);
    it(`computes what it is asked for: ${name}`, async function () {
      if (!requested || !existsSync(folder)) return this.skip();
      const backend = name.startsWith('tfjs-') ? [name.slice('tfjs-'.length)] : [];
      const one = new Contestant(
        {
          name,
          file: join(__dirname, '../../src/children', `${child}.ts`),
          args: [folder, ...backend],
          nodeOptions: fromSources,
        },
        300_000,
      );
      try {
        for (const task of [...smallTasks, ...networkTasks]) {
          const able = await one.ask({ ask: 'prepare', task });
          expect(able, `${name}, ${JSON.stringify(task)}`).to.equal(abilities[name]!(task));
          if (!able) continue;
          const result = await one.ask({ ask: 'result' });
          const expected = expectedResult(task);
          if (expected === undefined) results.set(task, [...(results.get(task) ?? []), result]);
          else {
            const difference = largestDifference(result, expected);
            expect(difference, `${name}, ${JSON.stringify(task)}`).to.be.below(1e-5);
          }
          await one.ask({ ask: 'sample', times: 2 });
          await one.ask({ ask: 'release' });
        }
      } finally {
        one.end();
      }
    });
  }

  it('agrees with the others on networks', () => {
    for (const [task, all] of results) {
      const truth = consensus(all);
      for (const result of all) {
        expect(largestDifference(result, truth), JSON.stringify(task)).to.be.below(1e-4);
      }
    }
  });
});
