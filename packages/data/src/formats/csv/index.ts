export * from './decodeCsv';
