export * from './images';
export * from './checkDataSet';
export { dataSets, type DataSetCase } from './generators/dataSets';
export * from './laws';
