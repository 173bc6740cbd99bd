import { backendLaws, engines } from '../testing/index';

for (const engine of engines) {
  describe(`The engine ${engine.name} obeys`, () => {
    for (const { name, statement, check } of backendLaws) {
      it(`${name}: ${statement}`, () => void check(engine));
    }
  });
}
