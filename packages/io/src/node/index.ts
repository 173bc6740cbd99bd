export * from './npyFile';
export * from './npzFile';
export * from './safetensorsFile';
export * from './writeFileWhole';
export * from './makeFolder';
