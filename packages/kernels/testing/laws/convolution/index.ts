export * from './implementation';
export * from './problems';
export * from './convolutionLaws';
export * from './definition';
