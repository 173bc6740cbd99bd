export { layerCase, layerCases, type DrawnLayer, type LayerCase } from './layerCase';
export { layers, layersByKind, type LayerKind } from './layers';
