export * from './implementation';
export * from './im2colLaws';
