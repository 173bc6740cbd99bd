export * from './digitsDataset';
export { generateDigits, type DigitOptions, type GenerateDigitsOptions } from './generateDigits';
