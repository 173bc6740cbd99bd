import { loops } from '@gradus/kernels';
import { reference } from '@gradus/kernels/reference';
import fc from 'fast-check';
import { operations } from '../../src/index';
import { checkOperation, opInputs } from '../../testing';

for (const { definition, cases } of operations) {
  describe(`${definition.name}`, () => {
    for (const engine of [reference, loops]) {
      cases.forEach((op, i) => {
        const shapes = op.inputs
          .map(({ name, shape }) => `${name} ${shape || 'scalar'}`)
          .join(', ');
        it(`has the value and gradients of its definition on ${engine.name} (sample ${i}: ${shapes})`, () => {
          fc.assert(
            fc.property(opInputs(op), (inputs) => checkOperation(op, engine, inputs)),
            { numRuns: 5, seed: i },
          );
        });
      });
    }
  });
}
