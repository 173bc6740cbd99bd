import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { configuredRuns } from '@gradus/tensor/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import * as autodiff from '../../src/index';
import type { AnyOp } from '../../src/index';
import { checkSample, engines, isOperation, operations, opInputs, sampleName } from '../../testing';

const runs = configuredRuns(5);
const { seed = 0 } = fc.readConfigureGlobal();

for (const { definition, cases } of operations) {
  describe(`${definition.name}`, () => {
    cases.forEach((op, i) => {
      it(`has one value and right gradients on every engine: ${sampleName(op, i)}`, () => {
        fc.assert(
          fc.property(opInputs(op), (inputs) => checkSample(op, engines, inputs)),
          { numRuns: runs, seed: seed + i },
        );
      });
    });
  });
}

describe('The list of operations', () => {
  const folder = join(__dirname, '../../src/ops');

  it('has every operation that a file in src/ops exports, and no other', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('index.ts'));
    const load = createRequire(__filename);
    const modules = sources.map((name) => load(join(folder, name)) as object);
    const exported = modules
      .flatMap((module) => Object.entries(module))
      .filter(([, value]) => isOperation(value)) as [string, AnyOp][];
    expect(names(exported.map(([, op]) => op))).to.deep.equal(names(operations));
    expect(new Set(operations).size).to.equal(operations.length);
    // Errors and tapes name an operation as programs do, and the index exports it so.
    for (const [name, op] of exported) {
      expect(op.definition.name).to.equal(name);
      expect((autodiff as Readonly<Record<string, unknown>>)[name]).to.equal(op);
    }
  });

  it('has samples for each, but for one whose gradient differs from the slope on purpose', () => {
    const untried = operations.filter(({ cases }) => cases.length === 0);
    expect(names(untried)).to.deep.equal(['stopGradient']);
  });
});

function names(ops: readonly AnyOp[]): string[] {
  return ops.map(({ definition }) => definition.name).sort();
}
