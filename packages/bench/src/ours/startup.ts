/** A program that prints the numbers of [[1, 2], [3, 4]] times [[5, 6], [7, 8]]. */
export function startupProgram(packages: readonly string[]): string {
  const imports = packages.map((name, i) => `import * as part${i} from '${name}';`);
  const parts = packages.map((_, i) => `...part${i}`);
  return `
  ${imports.join('\n  ')}
  const { matMul, tensor } = { ${parts.join(', ')} };
  const product = matMul(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]]));
  console.log([...product.toTypedArray()].join(' '));`;
}
