import { ArgumentError } from '@gradus/tensor';

/** Runs `f`; an error about arguments that names no layer yet gets this one. */
export function inLayer<T>(path: string, f: () => T): T {
  return withPath(f, (layer) => layer ?? path);
}

/** Runs `f`, which knows no more than its own place below `path`; an error names both. */
export function below<T>(path: string, f: () => T): T {
  return withPath(f, (layer) => (layer === undefined ? path : `${path}/${layer}`));
}

function withPath<T>(f: () => T, pathOf: (layer: string | undefined) => string): T {
  try {
    return f();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const path = pathOf(error.layer);
    throw path === error.layer ? error : error.inLayer(path);
  }
}
