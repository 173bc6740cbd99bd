import { backendLaws, engines } from '../testing/index';

for (const engine of engines) {
  describe(`The engine ${engine.name}`, () => {
    for (const { title, check } of backendLaws) it(title, () => check(engine));
  });
}
