export * from './images';
export * from './rows';
export * from './generated';
