// The process of a fake library: node child NAME
import { serve } from '../../src/harness/serve';
import { fakeLibraries } from './fakeLibraries';

serve(() => fakeLibraries[process.argv[2]!]!());
