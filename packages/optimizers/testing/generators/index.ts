export * from './schedules';
export * from './optimizers';
