// mocha adds the files named on the command line to `spec`; whoever names some wants only those.
const named = process.argv.some((argument) => argument.endsWith('.spec.ts'));

module.exports = {
  require: ['./scripts/fromSources.cjs', './scripts/configureProperties.cjs'],
  extension: ['ts'],
  spec: named ? [] : ['packages/*/test/**/*.spec.ts'],
  timeout: 20_000,
};
