export * from './npyFile';
export * from './writeFileWhole';
