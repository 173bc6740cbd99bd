export * from './checkLoss';
export * from './recordedCalls';
export * from './rehearse';
