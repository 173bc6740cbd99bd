import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Packages whose results depend on nothing but their arguments: no clock, no hidden randomness. */
const pure = 'tensor,kernels,autodiff,layers,optimizers,io,data,train,models,viz';

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', '**/*.{js,cjs}'] },
  { files: ['scripts/**/*.mjs'], extends: [tseslint.configs.recommended] },
  {
    files: ['packages/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      'no-new-func': 'error',
      'no-eval': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Draw from a seeded Random.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        {
          selector: 'TSAsExpression > TSAsExpression',
          message: 'A double cast hides a wrong type.',
        },
      ],
      'max-lines': ['error', { max: 300 }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 5 }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An interface may ask for a Promise where there is nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: [`packages/{${pure}}/src/**/*.ts`],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Library code reads no clock.' },
        { name: 'performance', message: 'Library code reads no clock.' },
        { name: 'setTimeout', message: 'Library code reads no clock.' },
      ],
    },
  },
  {
    // chai's `expect(x).to.be.true` is an expression.
    files: ['packages/*/test/**/*.ts', 'packages/*/testing/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
);
