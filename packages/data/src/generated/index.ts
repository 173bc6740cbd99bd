export * from './deadLeaves';
