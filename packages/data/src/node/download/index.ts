export * from './loadDataset';
export { DownloadError } from './downloadError';
export type { DownloadProgress } from './fillCache';
export { datasetNames, type DatasetName } from './publishedDatasets';
