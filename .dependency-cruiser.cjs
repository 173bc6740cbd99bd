// Who may import whom (docs: the packages in the order in which one learns them).
const below = {
  tensor: [],
  kernels: ['tensor'],
  autodiff: ['tensor', 'kernels'],
  layers: ['tensor', 'autodiff'],
  optimizers: ['tensor', 'autodiff'],
  io: ['tensor'],
  data: ['tensor', 'io'],
  train: ['tensor', 'autodiff', 'layers', 'optimizers', 'data', 'io'],
  models: ['tensor', 'autodiff', 'layers', 'train'],
  viz: ['tensor'],
  gradus: [
    ...['tensor', 'kernels', 'autodiff', 'layers', 'optimizers', 'io', 'data', 'train', 'models'],
    'viz',
  ],
  cli: ['gradus'],
  examples: ['gradus'],
  bench: ['gradus', 'kernels'],
  mutation: [],
  museum: ['gradus'],
};

/** Subpaths no index re-exports: they need Node, or `new Function`, so only programs reach for them. */
const forPrograms =
  '^packages/((data|io|train)/src/node/|kernels/src/reference/|tensor/src/ndarray[.]ts)';
const anyOf = (names) => `(${names.join('|')})`;

/** The published code and its testing folder see the packages below; a testing folder also sees io. */
const arrows = Object.entries(below).flatMap(([name, allowed]) => [
  {
    name: `${name}-imports-only-below`,
    severity: 'error',
    from: { path: `^packages/${name}/src/` },
    to: {
      path: '^packages/',
      pathNot: [
        `^packages/${anyOf([name, ...allowed])}/`,
        ...(['cli', 'examples', 'bench'].includes(name) ? [forPrograms] : []),
      ],
    },
  },
  {
    name: `${name}-testing-imports-only-below`,
    severity: 'error',
    from: { path: `^packages/${name}/testing/` },
    to: { path: '^packages/', pathNot: `^packages/${anyOf([name, ...allowed, 'io'])}/` },
  },
]);

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-declared-dependencies',
      comment:
        'What the nearest package.json does not name is missing once the package is installed.',
      severity: 'error',
      from: { path: '^packages/[^/]+/(src|testing)/' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
        // dependency-cruiser also calls an optional peer 'npm-no-pkg'
        dependencyTypesNot: ['npm', 'npm-peer'],
      },
    },
    {
      name: 'src-never-imports-testing',
      severity: 'error',
      // Programs that check other code: the museum shows what the published laws catch, `gradus check`
      // applies them to files of users, and mutation runs tests.
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: '^packages/(museum/|mutation/|cli/src/check/)',
      },
      to: { path: '^packages/[^/]+/(testing|test)/|node_modules/(fast-check|mocha|chai)' },
    },
    {
      name: 'testing-never-imports-test',
      severity: 'error',
      from: { path: '^packages/[^/]+/testing/' },
      to: { path: '^packages/[^/]+/test/' },
    },
    {
      name: 'node-only-where-it-says-so',
      comment:
        'Everything but the command, the benchmarks and the /node subpaths runs in a browser.',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/(src|testing)/',
        pathNot: [
          '^packages/(cli|examples|bench|mutation)/|^packages/(data|io|train)/src/node([.]ts|/)',
          '^packages/[^/]+/testing/node([.]ts|/)',
        ],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'subpaths-only-for-programs',
      comment: 'A page that imports gradus loads neither Node code nor `new Function`.',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/src/',
        pathNot: ['^packages/(cli|examples|bench)/', forPrograms],
      },
      to: { path: `${forPrograms}|node_modules/ndarray` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
