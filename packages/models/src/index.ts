export * from './classifier';
export {
  defineArchitecture,
  type Architecture,
  type ArchitectureDefinition,
  type Ends,
} from './architecture';
export * from './registry';
export * from './classic';
export * from './small';
export * from './blocks';
