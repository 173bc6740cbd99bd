// The process of onnxruntime-web: node ortWeb FOLDER
import { serve } from '../harness/serve';
import { ortWeb } from '../peers/ortWeb';

serve(() => ortWeb(process.argv[2]!));
