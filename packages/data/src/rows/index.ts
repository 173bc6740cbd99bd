export * from './takeRows';
export * from './batches';
export * from './splitRows';
