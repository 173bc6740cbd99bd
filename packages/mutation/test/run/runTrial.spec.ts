import { expect } from 'chai';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeTrialFolders, runTrial } from '../../src/run/runTrial';
import { PlantedProject } from './plantedProject';

describe('A trial', () => {
  let project: PlantedProject;
  before(() => (project = new PlantedProject()));
  after(() => project.remove());

  it('leaves no folder when the program ends before it', async () => {
    const { root, program } = project;
    const [temporary, usual] = [join(root, 'temporary'), process.env['TMPDIR']];
    mkdirSync(temporary);
    project.write('sources.json', '{}');
    process.env['TMPDIR'] = temporary;
    try {
      const specs = [{ file: 'packages/planted/test/none.spec.ts', shrinks: false }];
      const trial = runTrial(
        { root, sources: join(root, 'sources.json'), specs },
        { program, limitMs: () => 10_000 },
      );
      expect(readdirSync(temporary)).to.have.lengthOf(1);
      removeTrialFolders();
      expect(readdirSync(temporary)).to.deep.equal([]);
      expect((await trial).end).to.equal('failed');
    } finally {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
    }
  });
});
