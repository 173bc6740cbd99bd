// Prints what the subpaths load that are meant for programs.
import { listLoaded } from './listLoaded';

console.log(JSON.stringify(listLoaded(['@gradus/data/node', '@gradus/kernels/reference'])));
