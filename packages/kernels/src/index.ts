export * from './backend';
export * from './convGeometry';
export * from './current';
export { loops } from './loops';
