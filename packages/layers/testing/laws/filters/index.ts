export * from './implementation';
export { filterLaws } from './filterLaws';
export { gaussianLaws, steerableLaws } from './gaussianLaws';
export { gaborLaws } from './gaborLaws';
export { filterOfLayer, fixedFiltersOf, gaborOf, gaussianOf, steerableOf } from './ourFilters';
