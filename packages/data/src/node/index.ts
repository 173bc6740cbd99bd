export * from './readImage';
export * from './readImageFolder';
export * from './readIdx';
export * from './readCsv';
export * from './readMnist';
export * from './readCifar10';
export * from './readClassFolder';
export * from './download';
