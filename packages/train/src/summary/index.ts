export * from './describeLayer';
export {
  summaryOf,
  type Summarized,
  type Summary,
  type SummaryOptions,
  type SummaryRow,
} from './summary';
export { summaryText } from './summaryText';
