/** Throws unless `name`, imported and required, is one module that exports something. */
export function checkSame(name, imported, required) {
  const exported = Object.keys(imported);
  if (exported.length === 0) throw new Error(`${name} exports nothing`);
  const different = exported.filter((key) => imported[key] !== required[key]);
  if (different.length > 0) throw new Error(`${name} exists twice: ${different.join(', ')}`);
}
