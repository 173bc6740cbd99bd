export * from './pipeline';
export { pipelineLaws } from './pipelineLaws';
