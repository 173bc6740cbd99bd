export * from './checkLayer';
export * from './foundInLayer';
export * from './generators';
export * from './laws';
