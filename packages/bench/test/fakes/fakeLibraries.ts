import type { Library, Work } from '../../src/harness/library';

/** The same value for every number of a result, and a little work. */
function constantWork(value: number): Work {
  return { run: () => undefined, result: () => Float32Array.of(1, 2, value) };
}

const matMul = (prepare: () => Work | undefined): Library => ({
  version: '1.0.0',
  implementations: { matMul: prepare },
});

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Libraries that behave well or badly, by name. */
export const fakeLibraries: Readonly<Record<string, () => Library | Promise<Library>>> = {
  right: () => matMul(() => constantWork(3)),
  almost: () => matMul(() => constantWork(3.0001)),
  wrong: () => matMul(() => constantWork(4)),
  slow: () =>
    matMul(() => ({ ...constantWork(3), run: async (times) => void (await wait(20 * times)) })),
  unable: () => ({ version: '1.0.0', implementations: {} }),
  refusing: () => matMul(() => undefined),
  throwing: () =>
    matMul(() => {
      throw new Error('no such\nkernel');
    }),
  hanging: () => matMul(() => ({ ...constantWork(3), result: () => new Promise(() => undefined) })),
  spinning: () => matMul(() => ({ ...constantWork(3), run: spin })),
  crashing: () =>
    matMul(() => ({
      ...constantWork(3),
      run() {
        console.error('Error: out of everything');
        process.exit(7);
      },
    })),
  unloadable: () => {
    throw new Error('no WebAssembly here');
  },
};

function spin(): void {
  for (;;);
}
