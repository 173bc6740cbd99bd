import * as gifenc from 'gifenc';

type Gifenc = typeof gifenc;

/**
 * gifenc is CommonJS. Bundlers and `require` see the names that it exports; Node, importing it from
 * an ES module, sees none of them and hands over the whole of it as the default export.
 */
function exportsOf(loaded: Gifenc | { readonly default: Gifenc }): Gifenc {
  return 'GIFEncoder' in loaded ? loaded : loaded.default;
}

export const { GIFEncoder, quantize, applyPalette } = exportsOf(gifenc);
