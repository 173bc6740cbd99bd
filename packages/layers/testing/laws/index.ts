export * from './filters';
export * from './layer';
export * from './initialValues';
