// The process that knows the right results.
import { definition } from '../expected';
import { serve } from '../harness/serve';

serve(definition);
