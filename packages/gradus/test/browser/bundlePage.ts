import { join } from 'node:path';
import type { OutputChunk } from 'rolldown';

/** A page's program as a bundler makes it for browsers. */
export interface PageBundle {
  readonly code: string;
  /** The files that are part of it. */
  readonly files: readonly string[];
  /** What it asks for and does not contain. */
  readonly imports: readonly string[];
}

/** Bundles `page.ts` with everything that it imports. */
export async function bundlePage(): Promise<PageBundle> {
  const { rolldown } = await import('rolldown');
  const root = join(__dirname, '../../../..');
  const bundle = await rolldown({
    input: join(__dirname, 'page.ts'),
    platform: 'browser',
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  await bundle.close();
  const [{ code, moduleIds, imports, dynamicImports }] = output as [OutputChunk];
  return { code, files: moduleIds, imports: [...imports, ...dynamicImports] };
}
