export * from './structuralSimilarity';
export * from './totalVariation';
