// The process of ConvNetJS: node convnetjs FOLDER
import { serve } from '../harness/serve';
import { convnetjs } from '../peers/convnetjs';

serve(() => convnetjs(process.argv[2]!));
