import { expect } from 'chai';
import type { Task } from '../src/cases/task';
import { expectedResult } from '../src/expected';
import { largestDifference } from '../src/harness/agreement';
import { prepareWork } from '../src/harness/library';
import { gradus } from '../src/ours';
import { engineNames } from '../src/ours/engines';
import { smallTasks } from './smallTasks';

/** What Gradus does not have yet. */
const missing = (task: Task) => task.kind === 'elementwise' && task.operation === 'softmax';

for (const name of engineNames) {
  describe(`Gradus with the engine ${name}`, () => {
    for (const task of smallTasks.filter((one) => !missing(one))) {
      it(`computes what ${JSON.stringify(task)} is by its definition`, async () => {
        const work = await prepareWork(gradus(name), task);
        const result = await work!.result();
        expect(largestDifference(result, expectedResult(task)!)).to.be.below(1e-5);
        await work!.run(2);
      });
    }

    it('learns a filter, with a falling loss', async () => {
      const task: Task = { kind: 'training', network: 'filter3', batch: 2 };
      const work = await prepareWork(gradus(name), task);
      const losses = [...(await work!.result())];
      expect(losses).to.deep.equal([...losses].sort((a, b) => b - a));
      expect(losses[4]).to.be.below(0.999 * losses[0]!);
    }).timeout(30_000);
  });
}
