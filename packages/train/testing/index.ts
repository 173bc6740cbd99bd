export * from './checkLoss';
export * from './recordedCalls';
export * from './rehearse';
export * from './laws/loss/index';
export * from './laws/earlyStoppingLaws';
export { smallModels, type SmallModelCase } from './generators/smallModels';
export { modelLaws, modelsOn, type ModelImplementation } from './laws/model/modelLaws';
