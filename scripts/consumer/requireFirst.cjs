// A CommonJS program that requires every name it is given, then imports the same: one copy must be
// loaded.
const required = new Map(process.argv.slice(2).map((name) => [name, require(name)]));

async function main() {
  const { checkSame } = await import('./checkSame.mjs');
  for (const [name, module] of required) checkSame(name, await import(name), module);
}

main();
