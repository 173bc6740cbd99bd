export * from './images';
export * from './rows';
export * from './generated';
export * from './datasets';
