export * from './images';
export * from './rows';
export * from './generated';
export * from './datasets';
export * from './pipeline';
export * from './formats';
