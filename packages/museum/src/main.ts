import { exhibits } from './exhibits';
import { guide } from './guide';

const wanted = process.argv.slice(2).filter((argument) => argument !== '--');
const { text, exitCode } = guide(exhibits, wanted);
(exitCode === 2 ? console.error : console.log)(text);
process.exitCode = exitCode;
