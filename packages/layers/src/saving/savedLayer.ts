/** What can be written as JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object that can be written as JSON. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A layer as JSON: its kind and configuration, with the layers that it consists of, but no weights. In
 * a configuration, what is more than numbers, texts and lists says what it `is`.
 */
export interface SavedLayer {
  readonly format: typeof savedFormat;
  readonly version: typeof savedVersion;
  readonly layer: JsonObject;
}

/** What `format` says. */
export const savedFormat = 'gradus/layer';

/** The version that is written, and the only one so far. */
export const savedVersion = 1;

/** Functions by the names under which files know them: code itself is never saved. */
export type NamedFunctions = Readonly<Record<string, (...args: never[]) => unknown>>;
