export * from './deadLeaves';
export * from './digits';
